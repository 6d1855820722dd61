package dev.mergeway.reconciler.http;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.store.Changes;
import dev.mergeway.schema.model.Finding;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the server shows, and what it is made of.
 *
 * @param vertx runs it; stays open when the server is closed
 * @param ledger what is remembered
 * @param changes tells what moved
 * @param kinds the kinds that can be had
 * @param validate finds what is wrong with the bytes of a YAML file
 * @param checks looks whether the service is ready; quick
 * @param metrics what {@code /metrics} prints, and where requests are timed
 * @param more adds routes, such as that of the webhooks, before ours
 */
public record HttpParts(
        Vertx vertx,
        Ledger ledger,
        Changes changes,
        KindCatalogue kinds,
        Function<byte[], List<Finding>> validate,
        Supplier<List<Check>> checks,
        PrometheusMeterRegistry metrics,
        Consumer<Router> more) {}
