package dev.mergeway.schema.model;

/** How much a finding matters: an error stops a plan, a warning is shown, an info is only told. */
public enum Severity {
    ERROR,
    WARNING,
    INFO
}
