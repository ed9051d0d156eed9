package org.healthbeam.io.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate of this machine's own name, made by keytool for a test.
 *
 * @param keystore with its key
 * @param truststore with itself only
 * @param password of both
 */
public record Certificates(Path keystore, Path truststore, String password) {

  /** Makes one. */
  public static Certificates in(Path folder, String password)
      throws IOException, InterruptedException {
    Path keystore = folder.resolve("broker.p12");
    Path truststore = folder.resolve("trusted.p12");
    Path certificate = folder.resolve("broker.pem");
    String[] own = {"-keystore", keystore.toString(), "-storepass", password, "-alias", "broker"};
    keytool(
        List.of(own),
        "-genkeypair",
        "-storetype",
        "PKCS12",
        "-keyalg",
        "EC",
        "-validity",
        "2",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1");
    keytool(List.of(own), "-exportcert", "-rfc", "-file", certificate.toString());
    keytool(
        List.of("-keystore", truststore.toString(), "-storepass", password, "-alias", "broker"),
        "-importcert",
        "-noprompt",
        "-storetype",
        "PKCS12",
        "-file",
        certificate.toString());
    return new Certificates(keystore, truststore, password);
  }

  private static void keytool(List<String> store, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(args));
    command.addAll(store);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}
