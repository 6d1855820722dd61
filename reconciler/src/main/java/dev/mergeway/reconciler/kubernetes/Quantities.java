package dev.mergeway.reconciler.kubernetes;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Quantities such as {@code 500m} or {@code 1Gi}, compared by what they amount to. */
final class Quantities {
    /** As in k8s.io/apimachinery/pkg/api/resource: a decimal, then a binary or decimal suffix or an exponent. */
    private static final Pattern QUANTITY = Pattern.compile(
            "([+-]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30}))(?:([KMGTPE]i|[numkMGTPE]?)|[eE]([+-]?\\d{1,3}))");

    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
            Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
            Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", BigDecimal.ONE.movePointRight(3)),
            Map.entry("M", BigDecimal.ONE.movePointRight(6)),
            Map.entry("G", BigDecimal.ONE.movePointRight(9)),
            Map.entry("T", BigDecimal.ONE.movePointRight(12)),
            Map.entry("P", BigDecimal.ONE.movePointRight(15)),
            Map.entry("E", BigDecimal.ONE.movePointRight(18)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    /**
     * Where Kubernetes' own kinds, and custom ones that hold a piece of them, have quantities. No more than that: a text
     * such as {@code 1.10} in a ConfigMap or in another custom kind is not the text {@code 1.1}.
     */
    private static final Pattern PLACE = Pattern.compile("/spec(?:/.*)?/resources/(?:requests|limits)/[^/]+"
            + "|/spec(?:/.*)?/(?:emptyDir/sizeLimit|resourceFieldRef/divisor)"
            + "|/spec/(?:hard/[^/]+|capacity/storage|overhead/[^/]+)"
            + "|/spec/limits/\\d+/(?:min|max|default|defaultRequest|maxLimitRequestRatio)/[^/]+"
            + "|/spec/metrics/\\d+/[^/]+/target/(?:averageValue|value)"
            + "|/overhead/podFixed/[^/]+");

    private Quantities() {}

    /** Whether what stands at the pointer is a quantity. */
    static boolean at(String pointer) {
        return !pointer.contains("/openAPIV3Schema/") && PLACE.matcher(pointer).matches();
    }

    /** Whether both amount to the same; false where one is no quantity. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        BigDecimal first = amount(one);
        BigDecimal second = amount(other);
        return first != null && second != null && first.compareTo(second) == 0;
    }

    private static @Nullable BigDecimal amount(@Nullable Object value) {
        if (!(value instanceof String || value instanceof Number)) {
            return null;
        }
        Matcher matcher = QUANTITY.matcher(value.toString());
        if (!matcher.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String exponent = matcher.group(3);
        return exponent != null
                ? number.scaleByPowerOfTen(Integer.parseInt(exponent))
                : number.multiply(Objects.requireNonNull(SUFFIXES.get(matcher.group(2))));
    }
}
