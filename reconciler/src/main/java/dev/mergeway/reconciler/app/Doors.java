package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.app.ServerConfig.ForgeConfig;
import dev.mergeway.reconciler.flow.Checkup;
import dev.mergeway.reconciler.flow.Library;
import dev.mergeway.reconciler.flow.Offer;
import dev.mergeway.reconciler.http.Check;
import dev.mergeway.reconciler.http.HttpParts;
import dev.mergeway.reconciler.http.HttpServer;
import dev.mergeway.reconciler.http.HttpSettings;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.store.Changes;
import dev.mergeway.reconciler.store.Database;
import dev.mergeway.reconciler.store.JdbcDeliveries;
import dev.mergeway.reconciler.store.JdbcLedger;
import dev.mergeway.reconciler.store.StoreException;
import dev.mergeway.webhooks.event.Deliveries;
import dev.mergeway.webhooks.event.Delivery;
import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.server.Endpoint;
import dev.mergeway.webhooks.server.Limits;
import dev.mergeway.webhooks.server.WebhookRoute;
import dev.mergeway.webhooks.verify.Secrets;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The HTTP doors: pages, API, events, metrics and webhooks. */
final class Doors implements AutoCloseable {
    /** How long requests that are under way may take when the service stops. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /**
     * What the doors lead to.
     *
     * @param database where it is remembered
     * @param ledger what is remembered
     * @param changes what moves
     * @param library what the platform offers
     * @param metrics what is counted
     * @param deliveries where deliveries are kept
     * @param events what is done about them
     */
    record Rooms(
            Database database,
            JdbcLedger ledger,
            Changes changes,
            Library library,
            Metrics metrics,
            JdbcDeliveries deliveries,
            Events events) {}

    /** Opens the doors; whoever is let in sees what is there. */
    Doors(ServerConfig config, Rooms rooms, Supplier<List<Check>> checks) throws IOException {
        HttpParts parts = new HttpParts(
                vertx,
                rooms.ledger(),
                rooms.changes(),
                new Kinds(() -> offer(rooms.library())),
                bytes -> Checkup.one(bytes, offer(rooms.library())),
                checks,
                rooms.metrics().registry(),
                router -> webhooks(config, rooms).mount(router));
        this.server = HttpServer.start(new HttpSettings(config.host(), config.port(), DRAIN), parts);
    }

    private static Offer offer(Library library) {
        try {
            return library.offer();
        } catch (RepositoryException e) {
            LoggerFactory.getLogger(Doors.class).warn("the platform's own kinds are not shown: {}", e.getMessage());
            return Offer.shipped();
        }
    }

    private WebhookRoute webhooks(ServerConfig config, Rooms rooms) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (ForgeConfig forge : config.forges()) {
            if (!forge.type().equals("local") && !forge.webhookSecrets().isEmpty()) {
                List<String> secrets = forge.webhookSecrets();
                Optional<String> previous = secrets.size() > 1 ? Optional.of(secrets.get(1)) : Optional.empty();
                endpoints.add(new Endpoint(
                        forge.name(),
                        ForgeType.valueOf(forge.type().toUpperCase(Locale.ROOT)),
                        Secrets.of(secrets.getFirst(), previous)));
            }
        }
        return new WebhookRoute(endpoints, new Arriving(rooms), Limits.DEFAULT, InstantSource.system(), threads);
    }

    /** Deliveries as they arrive: kept with what they order, then told to the runs that look. */
    private record Arriving(Rooms rooms) implements Deliveries {
        @Override
        public boolean concerns(Delivery delivery) {
            return rooms.events().concerns(delivery.forge(), delivery.event());
        }

        @Override
        public boolean store(Delivery delivery) throws NotStoredException {
            try {
                String event = delivery.event().getClass().getSimpleName() + " "
                        + delivery.event().repository();
                List<RunKey> orders = rooms.events().orders(delivery.forge(), delivery.event());
                boolean fresh =
                        rooms.deliveries().store(delivery.forge(), delivery.id(), event, delivery.received(), orders);
                if (fresh) {
                    rooms.events().happened(delivery.forge(), delivery.event());
                }
                return fresh;
            } catch (StoreException e) {
                throw new NotStoredException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
        vertx.close().await();
    }
}
