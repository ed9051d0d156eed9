package org.healthbeam.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What pages name of the build: modules, tests, profiles, artifacts and their versions. */
final class NamedInBuild {
  private static final Pattern VERSION = Pattern.compile("(?m)^  <version>(.*)</version>$");
  private static final Pattern BEAM = Pattern.compile("<beam\\.version>(.*)</beam\\.version>");

  private NamedInBuild() {}

  /** Fails unless there is a test class of this simple name. */
  static void checkTest(Path root, String name) {
    boolean[] found = new boolean[1];
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String word = folder.getFileName().toString();
              // The project's own folder may have any name.
              boolean isLeftOut =
                  word.equals("target") || word.startsWith(".") || word.equals("main");
              return isLeftOut && !folder.equals(root)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found[0] |= file.getFileName().toString().equals(name + ".java");
              return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertTrue(found[0], "there is no test " + name);
  }

  /** Fails unless the arguments of Maven name modules, tests and profiles that there are. */
  static void checkMaven(Path root, String place, Iterable<String> arguments) throws IOException {
    boolean modules = false;
    for (String argument : arguments) {
      if (modules) {
        for (String module : argument.split(",")) {
          assertTrue(Files.exists(root.resolve(module).resolve("pom.xml")), place + ": " + module);
        }
      } else if (argument.startsWith("-Dtest=")) {
        checkTest(root, argument.substring("-Dtest=".length()).replaceFirst("#.*", ""));
      } else if (argument.startsWith("-P")) {
        String profile = "<id>" + argument.substring(2) + "</id>";
        assertTrue(Files.readString(root.resolve("pom.xml")).contains(profile), place);
      }
      modules = argument.equals("-pl");
    }
  }

  /**
   * Fails unless the dependencies of a block are artifacts of ours, or of Beam, in our versions.
   */
  static void checkDependencies(Path root, DocBlock block) throws Exception {
    String xml = "<all>" + block.text() + "</all>";
    NodeList dependencies =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName("dependency");
    String pom = Files.readString(root.resolve("pom.xml"));
    assertTrue(dependencies.getLength() > 0, block.place());
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String artifact = child(dependency, "artifactId");
      boolean ours = child(dependency, "groupId").equals("org.healthbeam");
      assertTrue(
          pom.contains("<artifactId>" + artifact + "</artifactId>"),
          block.place() + ": " + artifact);
      Matcher version = (ours ? VERSION : BEAM).matcher(pom);
      assertTrue(version.find());
      assertEquals(version.group(1), child(dependency, "version"), block.place());
    }
  }

  private static String child(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent().strip();
  }
}
