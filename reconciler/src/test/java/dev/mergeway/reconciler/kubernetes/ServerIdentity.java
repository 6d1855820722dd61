package dev.mergeway.reconciler.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server on 127.0.0.1 for TLS, with a certificate from an authority of its own.
 *
 * @param context what the server serves with
 * @param authority file with the authority's certificate, in PEM
 */
public record ServerIdentity(SSLContext context, Path authority) {
    private static final String PASSWORD = "changeit";

    /** Valid now. */
    public static ServerIdentity valid(Path folder) throws IOException, GeneralSecurityException {
        return of(folder, "-1d", 30);
    }

    /**
     * Valid from a start, as keytool reads it, such as {@code -10d}, for so many days; its authority is valid now.
     */
    public static ServerIdentity of(Path folder, String start, int days) throws IOException, GeneralSecurityException {
        Path file = Files.createTempDirectory(folder, "tls").resolve("server.p12");
        keytool(file, "-alias", "ca", "-dname", "CN=tests", "-ext", "bc:c", "-startdate", "-30d", "-validity", "90");
        keytool(
                file,
                "-alias",
                "server",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-signer",
                "ca",
                "-startdate",
                start,
                "-validity",
                String.valueOf(days));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] certificate = store.getCertificate("ca").getEncoded();
        Path authority = file.resolveSibling("ca.crt");
        Files.writeString(
                authority,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n");
        store.deleteEntry("ca"); // so that the server has one key to choose from
        return new ServerIdentity(context(store), authority);
    }

    /** The authority's certificate as a {@code caBundle}. */
    String bundle() throws IOException {
        return Base64.getEncoder().encodeToString(Files.readString(authority).getBytes(StandardCharsets.US_ASCII));
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path file, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(said);
        }
    }
}
