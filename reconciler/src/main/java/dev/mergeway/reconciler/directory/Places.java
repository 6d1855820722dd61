package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds resources in the folder: where they shall be, or where another environment has them. Only reads. */
final class Places {
    private final String target;
    private final Folder folder;

    Places(String target, Folder folder) {
        this.target = target;
        this.folder = folder;
    }

    /** How a desired resource stands to what is there, in its own environment or else in another. */
    Verdicts verdict(Desired desired, List<String> environments) throws IOException {
        String environment = desired.owner().spec().environment();
        if (!FileNames.isFolder(environment)) {
            return Verdicts.refused(
                    desired, "Environment '" + environment + "' can't be a folder: use letters, digits, '-' and '.'.");
        }
        Slot own = folder.read(environment, FileNames.of(desired.key(), environment));
        Optional<String> elsewhere =
                own instanceof Slot.Absent ? elsewhere(desired.key(), environment, environments) : Optional.empty();
        if (elsewhere.isEmpty()) {
            return verdict(desired, own, environment);
        }
        Slot other = folder.read(elsewhere.get(), FileNames.of(desired.key(), elsewhere.get()));
        return verdict(desired, other, elsewhere.get());
    }

    private static Verdicts verdict(Desired desired, Slot slot, String environment) {
        String file = FileNames.of(desired.key(), environment);
        return switch (slot) {
            case Slot.Absent absent -> Verdicts.create(desired);
            case Slot.Foreign foreign ->
                Verdicts.refused(
                        desired,
                        environment + "/" + file + " is " + foreign.what()
                                + ". It is left alone; move it away or choose another name.");
            case Slot.Broken broken -> Verdicts.rewrite(desired, environment, file);
            case Slot.Ours ours -> Verdicts.merge(desired, ours.content(), environment);
        };
    }

    /** The other environment whose folder has the resource's file. */
    Optional<String> elsewhere(ResourceKey key, String environment, List<String> environments) {
        return environments.stream()
                .filter(other -> !other.equals(environment) && folder.exists(other, FileNames.of(key, other)))
                .findFirst();
    }

    /** What we have in an environment. */
    List<Live> inventory(String environment) throws IOException {
        List<Live> inventory = new ArrayList<>();
        for (String file : folder.files(environment)) {
            Slot slot = folder.read(environment, file);
            if (!(slot instanceof Slot.Foreign)) {
                live(environment, file, slot).ifPresent(inventory::add);
            }
        }
        return inventory;
    }

    /** One resource, ours or not, wherever it is. */
    Optional<Live> find(ResourceKey key) throws IOException {
        for (String environment : folder.environments()) {
            String file = FileNames.of(key, environment);
            Optional<Live> live = folder.exists(environment, file)
                    ? live(environment, file, folder.read(environment, file))
                            .filter(found -> found.key().equals(key))
                    : Optional.empty();
            if (live.isPresent()) {
                return live;
            }
        }
        return Optional.empty();
    }

    private Optional<Live> live(String environment, String file, Slot slot) {
        return switch (slot) {
            case Slot.Absent absent -> Optional.empty();
            case Slot.Ours ours -> live(environment, file, ours.content(), ours.hash());
            case Slot.Broken broken -> live(environment, file, Content.read(broken.head()), broken.hash());
            case Slot.Foreign foreign -> live(environment, file, foreign(foreign.tree()), foreign.hash());
        };
    }

    private static Content foreign(Map<String, Object> tree) {
        return new Content(tree, Set.of());
    }

    /** The resource of a file, if the file is named as we would name it. */
    private Optional<Live> live(String environment, String file, Content content, String hash) {
        return content.key(target)
                .filter(key -> FileNames.of(key, environment).equals(file))
                .map(key -> new Live(key, StandIn.live(key, content.body()), hash));
    }
}
