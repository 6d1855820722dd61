package dev.mergeway.schema.validate;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema (draft 2020-12), ready to check trees: formats are asserted, ours (quantity, cpu, memory, timespan,
 * expiry, dns-label) among them, nothing is ever loaded from elsewhere, and a pattern that costs too much does not match. Immutable and safe to share.
 */
public final class CompiledSchema {
    private static final Dialect DIALECT =
            Dialect.builder(Dialects.getDraft202012()).formats(Formats.all()).build();

    /** Of one document; what is left out would not be shown anyway. */
    private static final int MOST_ERRORS = 1_000;

    private final JsonNode root;
    private final Schema schema;
    private volatile @Nullable FieldIndex index;

    private CompiledSchema(JsonNode root, Schema schema) {
        this.root = root;
        this.schema = schema;
    }

    /**
     * Compiles a schema.
     *
     * @param schema a tree
     * @throws IllegalArgumentException if it is no JSON Schema, with the reason
     */
    public static CompiledSchema of(Map<String, Object> schema) {
        JsonNode root = TreeNodes.node(schema);
        try {
            Schema compiled = registry().getSchema(root);
            compiled.initializeValidators();
            return new CompiledSchema(root, compiled);
        } catch (SchemaException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("not a JSON Schema: " + e.getMessage(), e);
        }
    }

    private static SchemaRegistry registry() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(true)
                .regularExpressionFactory(FrugalPattern::new)
                .build();
        return SchemaRegistry.withDialect(
                DIALECT,
                builder -> builder.schemaRegistryConfig(config).schemaLoader(loader -> loader.block(iri -> true)));
    }

    /** What is wrong with a whole document, sorted, no mistake twice. */
    public List<Finding> check(Document document) {
        return check(document.root(), document::finding);
    }

    /**
     * What is wrong with a tree, sorted, no mistake twice.
     *
     * @param tree what to check
     * @param place what it belongs to
     */
    public List<Finding> check(@Nullable Object tree, Place place) {
        List<Error> errors = schema.validate(TreeNodes.node(tree));
        if (errors.isEmpty()) {
            return List.of();
        }
        List<Mistake> mistakes = errors.stream()
                .limit(MOST_ERRORS)
                .map(error -> Mistake.of(error, root))
                .toList();
        return new MistakeFindings(root, this::index, place).of(mistakes);
    }

    /** Made when it is first needed; made twice where two threads need it at once, which does no harm. */
    private FieldIndex index() {
        FieldIndex made = index;
        if (made == null) {
            made = FieldIndex.of(root);
            index = made;
        }
        return made;
    }
}
