package org.healthbeam.it.docs;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.healthbeam.pipelines.cli.HealthBeam;
import org.healthbeam.pipelines.run.EngineLog;
import org.healthbeam.pipelines.run.Terminal;

/**
 * The command line many times in one JVM, which is started in the reader's folder: arguments come
 * by standard input, status and what was said go back by standard output.
 */
final class CommandLoop {
  private static final int WIDTH = 100;

  private CommandLoop() {}

  public static void main(String[] args) throws IOException {
    DataInputStream commands = new DataInputStream(System.in);
    DataOutputStream answers = new DataOutputStream(System.out);
    System.setOut(System.err);
    EngineLog.quiet();
    while (true) {
      String[] command;
      try {
        command = new String[commands.readInt()];
      } catch (EOFException e) {
        System.exit(0);
        return;
      }
      for (int i = 0; i < command.length; i++) {
        command[i] = commands.readUTF();
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int status;
      try (PrintStream o = new PrintStream(out, true, StandardCharsets.UTF_8);
          PrintStream e = new PrintStream(err, true, StandardCharsets.UTF_8)) {
        status = HealthBeam.run(new Terminal(o, e, false, WIDTH), command);
      }
      answers.writeInt(status);
      write(out, answers);
      write(err, answers);
      answers.flush();
    }
  }

  private static void write(ByteArrayOutputStream said, DataOutputStream answers)
      throws IOException {
    answers.writeInt(said.size());
    said.writeTo(answers);
  }
}
