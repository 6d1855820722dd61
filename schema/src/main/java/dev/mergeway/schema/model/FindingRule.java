package dev.mergeway.schema.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * The rules of reading, with their stable ids: users suppress, search and link by them, so an id never changes its
 * meaning. Later steps (expansion, policies, plans) have rules of their own beside these.
 */
public enum FindingRule {
    YAML_SYNTAX("yaml/syntax", "The text is not well-formed YAML."),
    YAML_CONFLICT("yaml/conflict", "A conflict of a merge was left in the text."),
    YAML_TAB("yaml/tab", "A line is indented with a tab; YAML allows only spaces."),
    YAML_DUPLICATE_KEY("yaml/duplicate-key", "The same key is written twice in one map."),
    YAML_KEY("yaml/key", "A key is not a plain name."),
    YAML_TAG("yaml/tag", "A tag such as !Ref is not understood."),
    YAML_MERGE("yaml/merge", "A merge key (<<) does not name a map."),
    YAML_OCTAL("yaml/octal", "A number with a leading zero is read as a decimal number."),
    YAML_ALIAS("yaml/alias", "An alias (*name) names nothing, or itself."),
    YAML_ALIAS_LIMIT("yaml/alias-limit", "Aliases expand to far more than was written."),
    YAML_DEPTH("yaml/depth", "The document is nested too deeply."),
    YAML_SIZE("yaml/size", "The file is too large."),
    YAML_DOCUMENTS("yaml/documents", "The file holds too many documents."),
    YAML_ENCODING("yaml/encoding", "The file is not UTF-8 text."),
    YAML_EMPTY("yaml/empty", "The file holds no document."),
    YAML_NOT_A_MAP("yaml/not-a-map", "The document is not a map of fields."),
    SPEC_API_VERSION("spec/unknown-api-version", "The apiVersion is not one that Mergeway reads."),
    SPEC_KIND("spec/unknown-kind", "The kind does not exist."),
    SPEC_FOREIGN("spec/not-a-spec", "The document is not meant for Mergeway and is ignored."),
    SPEC_KUBERNETES("spec/kubernetes-object", "A plain Kubernetes object is not applied by itself."),
    SPEC_DUPLICATE("spec/duplicate", "Two documents have the same kind and name in one environment."),
    SCHEMA_UNKNOWN_FIELD("schema/unknown-field", "The field does not exist."),
    SCHEMA_MISSING_FIELD("schema/missing-field", "A required field is missing."),
    SCHEMA_WRONG_TYPE("schema/wrong-type", "The value is of the wrong type."),
    SCHEMA_NOT_ALLOWED("schema/not-allowed", "The value is not one of those allowed."),
    SCHEMA_RANGE("schema/out-of-range", "The value is too small, too large, too short or too long."),
    SCHEMA_PATTERN("schema/pattern", "The value is not written as it must be."),
    SCHEMA_FORMAT("schema/format", "The value is not in the format that is asked for."),
    SCHEMA_NAME("schema/name", "The name holds characters that names may not hold."),
    SCHEMA_DUPLICATE_ITEM("schema/duplicate-item", "The same item stands in a list twice."),
    SCHEMA_CHOICE("schema/choice", "Of several ways to write something none, or more than one, is used."),
    SCHEMA_SECRET("schema/secret", "A secret is written into the file."),
    SCHEMA_MORE("schema/more", "The document has more mistakes than are shown."),
    SCHEMA_OTHER("schema/invalid", "The value breaks another rule of its schema.");

    private final String id;
    private final String meaning;

    FindingRule(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /** The id as {@link Finding#rule()} has it. */
    public String id() {
        return id;
    }

    /** What the rule says, in one sentence, for lists of rules such as SARIF has. */
    public String meaning() {
        return meaning;
    }

    /** The rule of the id, or empty where the id is a later step's. */
    public static Optional<FindingRule> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
    }
}
