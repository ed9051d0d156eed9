package org.healthbeam.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A headless Chromium from the path, started afresh for every page. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /**
   * What the browser made of a page.
   *
   * @param dom the document after its scripts have run
   * @param log what the browser wrote about it
   */
  record Visit(String dom, String log) {
    /** Returns the messages that scripts and the content security policy caused. */
    List<String> console() {
      return log.lines().filter(l -> l.contains("CONSOLE")).toList();
    }
  }

  private final Path program;
  private final Path folder;

  private Chromium(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Finds it; without it the test is skipped here, but fails where CI runs. */
  static Chromium find(Path folder) {
    Optional<Path> program =
        NAMES.stream()
            .flatMap(
                name ->
                    List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .stream()
                        .map(d -> Path.of(d).resolve(name)))
            .filter(Files::isExecutable)
            .findFirst();
    String missing = "The report is not tried in a browser: there is no Chromium on the path";
    if ("true".equals(System.getenv("CI"))) {
      assertTrue(program.isPresent(), missing);
    }
    assumeTrue(program.isPresent(), missing);
    return new Chromium(program.get(), folder);
  }

  /** Opens the page and returns what it became. */
  Visit open(Path page) throws IOException, InterruptedException {
    return open(page, "");
  }

  /** As {@link #open(Path)}, at a place of the page. */
  Visit open(Path page, String fragment) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(folder, "profile");
    Path dom = Files.createTempFile(folder, "page", ".dom");
    Path log = Files.createTempFile(folder, "page", ".log");
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--virtual-time-budget=20000",
            "--window-size=1280,1000",
            "--user-data-dir=" + profile));
    command.add("--dump-dom");
    command.add(page.toUri() + fragment);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(180, TimeUnit.SECONDS), "the browser did not end");
      assertEquals(0, process.exitValue(), () -> "the browser failed: " + text(log));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Visit(Files.readString(dom), text(log));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }
}
