package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.ResourceKey;
import java.util.Map;
import java.util.Set;

/**
 * AWS properties that can be written but never read, so that a secret may go there. The registry's own schemas say which
 * ({@code writeOnlyProperties}); this is the part of them that holds passwords.
 */
final class WriteOnly {
    private static final Map<String, Set<String>> PROPERTIES = Map.of(
            "AWS::RDS::DBInstance", Set.of("/MasterUserPassword"),
            "AWS::RDS::DBCluster", Set.of("/MasterUserPassword"),
            "AWS::Redshift::Cluster", Set.of("/MasterUserPassword"),
            "AWS::DocDB::DBCluster", Set.of("/MasterUserPassword"),
            "AWS::DocDBElastic::Cluster", Set.of("/AdminUserPassword"),
            "AWS::ElastiCache::ReplicationGroup", Set.of("/AuthToken"),
            "AWS::SecretsManager::Secret", Set.of("/SecretString"));

    private WriteOnly() {}

    /** Whether the property at the pointer is write-only. */
    static boolean allows(ResourceKey key, String pointer) {
        return key.provider().equals("aws")
                && PROPERTIES.getOrDefault(key.type(), Set.of()).contains(pointer);
    }
}
