package org.healthbeam.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.pipelines.cli.HealthBeam;
import org.healthbeam.pipelines.run.EngineLog;
import org.healthbeam.pipelines.run.Terminal;

/**
 * The command line many times in one JVM: commands from standard input, each a JSON object on a
 * line with properties of the system and arguments; the answers, with status and what was said,
 * likewise, on standard output.
 */
public final class CommandLoop {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDTH = 100;

  private CommandLoop() {}

  public static void main(String[] args) throws IOException {
    EngineLog.quiet();
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // What an engine prints is no answer.
    System.setOut(System.err);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      answers.println(answer(JSON.readTree(line)));
      answers.flush();
    }
    System.exit(0);
  }

  private static String answer(JsonNode command) throws IOException {
    command
        .path("properties")
        .fields()
        .forEachRemaining(each -> System.setProperty(each.getKey(), each.getValue().asText()));
    List<String> args = new ArrayList<>();
    command.path("args").forEach(each -> args.add(each.asText()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status;
    try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      status =
          HealthBeam.run(new Terminal(toOut, toErr, false, WIDTH), args.toArray(String[]::new));
    }
    return JSON.writeValueAsString(
        JSON.createObjectNode()
            .put("status", status)
            .put("out", out.toString(StandardCharsets.UTF_8))
            .put("err", err.toString(StandardCharsets.UTF_8)));
  }
}
