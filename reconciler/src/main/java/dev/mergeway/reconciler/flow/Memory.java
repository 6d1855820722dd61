package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Agenda;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.Meter;

/** What the flows remember by and measure with. */
public record Memory(Ledger ledger, Journal journal, Agenda agenda, Clock clock, Meter meter) {}
