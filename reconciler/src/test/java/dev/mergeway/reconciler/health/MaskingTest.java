package dev.mergeway.reconciler.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            password=hunter2 | password=•••
            DB_PASSWORD=hunter2, retrying | DB_PASSWORD=•••, retrying
            DB_PASSWORD_2=hunter2 | DB_PASSWORD_2=•••
            Passwd: 'hunter two' is wrong | Passwd: ••• is wrong
            password: hunter2 for user shop | password: ••• for user shop
            the secret is bad (secret="a \\" b") in line 3 | the secret is bad (secret=•••) in line 3
            {"password":"hunter2","user":"shop"} | {"password":•••,"user":"shop"}
            {"message":"{\\"password\\":\\"hunter2\\",\\"user\\":\\"shop\\"}"} | {"message":"{\\"password\\":•••,\\"user\\":\\"shop\\"}"}
            api-key => abc; next | api-key => •••; next
            apiKey: abc | apiKey: •••
            GET /v1?access_token=abc&page=2 failed | GET /v1?access_token=•••&page=2 failed
            Authorization: Bearer abc.def | Authorization: Bearer •••
            sent Bearer abcdefgh12 to db | sent Bearer ••• to db
            run --db-password hunter2 --verbose | run --db-password ••• --verbose
            run --token=abc now | run --token=••• now
            aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | aws_secret_access_key = •••
            no rights for AKIAIOSFODNN7EXAMPLE here | no rights for ••• here
            cannot reach postgres://shop:hunter2@db:5432/shop: refused | cannot reach postgres://shop:•••@db:5432/shop: refused
            parse "postgres://shop:hun/t@er2@db/shop": invalid port | parse "postgres://shop:•••@db/shop": invalid port
            redis://:hunter2@cache | redis://:•••@cache
            got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl, which expired | got •••, which expired
            clone with ghp_abcdefghijklmnopqrstuvwxyz0123456789 failed | clone with ••• failed
            glpat-abcdefghijklmnopqrst is revoked | ••• is revoked
            """)
    void hidesWhatLooksLikeASecret(String words, String masked) {
        assertThat(Masking.of(words)).isEqualTo(masked);
        assertThat(Masking.of(masked)).as("again").isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no such host: db",
                "Access denied for user 'shop'@'10.0.0.1' (using password: YES)",
                "couldn't find key password in Secret shop/db",
                "secret \"db\" not found",
                "invalid token: expired at 10:00",
                "secretName: db is not there",
                "secret_name=db",
                "password_file=/run/secrets/db",
                "dial tcp http://db:5432/health: connection refused by shop@db",
                "Back-off pulling image \"registry.example.com:5000/shop@sha256:0123456789abcdef0123456789abcdef\"",
                "Readiness probe failed: Get \"https://10.0.0.1:8080/ready\": context deadline exceeded",
                "the password must be set",
                "exceeded quota: small, requested: pods=1, used: pods=0, limited: pods=0",
                "java.lang.IllegalStateException: no token at dev.example.Shop.main(Shop.java:17)"
            })
    void leavesWhatSaysWhatIsWrong(String words) {
        assertThat(Masking.of(words)).isEqualTo(words);
    }

    @Test
    void hidesKeysOfManyLinesThoughTheLogBeginsOrEndsWithin() {
        String lines = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\nshort==\n";
        String begin = "-----BEGIN RSA PRIVATE KEY-----\n";
        String end = "-----END RSA PRIVATE KEY-----";
        assertThat(Masking.of("bad key: " + begin + lines + end + " in tls.key"))
                .isEqualTo("bad key: ••• in tls.key");
        assertThat(Masking.of("bad key: " + begin + lines)).isEqualTo("bad key: •••");
        assertThat(Masking.of(lines + end + " is bad")).isEqualTo("••• is bad");
        assertThat(Masking.of("bad key: " + (begin + lines + end).replace("\n", "\\n") + " in tls.key"))
                .isEqualTo("bad key: ••• in tls.key");
    }

    /** Whoever writes the words must not keep us busy with them. */
    @Test
    void takesNoTimeForWordsThatAreMadeToTakeLong() {
        for (String part : List.of(
                "secret_",
                "a.",
                "AAAAAAAAAAAAAAAAAAAA ",
                "://a:",
                "eyJ.",
                "-----BEGIN A-----",
                "password=\"\\",
                "--a-",
                "\\\"")) {
            Assertions.assertTimeout(Duration.ofSeconds(2), () -> Masking.of(part.repeat(32_768 / part.length())));
        }
    }
}
