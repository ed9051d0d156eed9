package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What is published has all that Maven Central asks for. */
class PublicationTest {
  private static final Path ROOT = HealthBeamProcess.root();
  private static final String ANNOTATIONS = "templates/annotations";

  @TempDir Path folder;

  @Test
  void everyPomSaysWhatMavenCentralAsksFor() throws Exception {
    for (String pom : List.of("pom.xml", "bom/pom.xml")) {
      Element project = read(ROOT.resolve(pom));
      for (String path :
          List.of(
              "name",
              "description",
              "url",
              "licenses/license/name",
              "licenses/license/url",
              "developers/developer/name",
              "scm/connection",
              "scm/developerConnection",
              "scm/url")) {
        assertFalse(text(project, path).isBlank(), pom + ": " + path);
      }
    }
    for (String module : published()) {
      Element project = read(ROOT.resolve(module).resolve("pom.xml"));
      assertFalse(text(project, "name").isBlank(), module);
      assertFalse(text(project, "description").isBlank(), module);
      assertEquals("healthbeam-parent", text(project, "parent/artifactId"), module);
    }
  }

  @Test
  void theBomHasAllThatIsPublishedAndNothingElse() throws Exception {
    Element root = read(ROOT.resolve("pom.xml"));
    Element bom = read(ROOT.resolve("bom/pom.xml"));
    assertEquals(text(root, "version"), text(bom, "version"));
    Set<String> named = new TreeSet<>();
    for (Element dependency : children(child(child(bom, "dependencyManagement"), "dependencies"))) {
      assertEquals("org.healthbeam", text(dependency, "groupId"));
      assertEquals("${project.version}", text(dependency, "version"));
      named.add(text(dependency, "artifactId"));
    }
    Set<String> published = new TreeSet<>();
    for (String module : published()) {
      published.add(text(read(ROOT.resolve(module).resolve("pom.xml")), "artifactId"));
    }
    assertTrue(published.contains("healthbeam-core"));
    assertEquals(published, named);
  }

  /** The BOM has no parent, the starter is somebody else's: they repeat versions of the build. */
  @Test
  void versionsThatStandTwiceAreTheSame() throws Exception {
    Element root = read(ROOT.resolve("pom.xml"));
    Set<String> ours =
        children(child(root, "properties")).stream()
            .map(p -> p.getTagName() + "=" + p.getTextContent())
            .collect(Collectors.toSet());
    List<Element> plugins = new ArrayList<>();
    for (String pom : List.of("bom/pom.xml", "samples/starter/pom.xml")) {
      var found = read(ROOT.resolve(pom)).getElementsByTagName("plugin");
      for (int i = 0; i < found.getLength(); i++) {
        plugins.add((Element) found.item(i));
      }
    }
    for (Element plugin : plugins) {
      String name =
          text(plugin, "artifactId").replaceFirst("^maven-", "").replaceFirst("-plugin$", "");
      String version = text(plugin, "version");
      assertTrue(
          ours.contains(name + "-plugin.version=" + version)
              || ours.contains(name + ".version=" + version),
          name + " " + version);
    }
    Element starter = read(ROOT.resolve("samples/starter/pom.xml"));
    assertEquals(text(root, "version"), text(starter, "properties/healthbeam.version"));
    assertEquals(text(root, "properties/beam.version"), text(starter, "properties/beam.version"));
  }

  /** The parent, the BOM and the smallest artifact, by Maven itself, but for the signatures. */
  @Test
  @Tag("slow")
  void deployingWritesPomsJarsSourcesAndJavadoc() throws Exception {
    Path copy = folder.resolve("source");
    for (String file :
        List.of("pom.xml", "bom/pom.xml", ANNOTATIONS + "/pom.xml", ".mvn/jvm.config")) {
      Files.createDirectories(copy.resolve(file).getParent());
      Files.copy(ROOT.resolve(file), copy.resolve(file));
    }
    copySources(ANNOTATIONS + "/src", copy);
    Path repository = folder.resolve("repository");
    String target = "-DaltDeploymentRepository=local::" + repository.toUri();
    for (List<String> project :
        List.of(
            List.of("-N", "-f", "pom.xml"),
            List.of("-f", "bom/pom.xml"),
            List.of("-f", ANNOTATIONS + "/pom.xml"))) {
      List<String> arguments = new ArrayList<>(project);
      arguments.addAll(
          List.of(
              "-Prelease",
              "-Dgpg.skip",
              "-Dspotless.check.skip=true",
              "-Dmaven.install.skip=true",
              "-Dmaven.test.skip=true",
              target,
              "deploy"));
      MavenProcess.run(copy, arguments);
    }
    assertDeployed(repository, "healthbeam-parent", ".pom");
    assertDeployed(repository, "healthbeam-bom", ".pom");
    assertDeployed(
        repository,
        "healthbeam-template-annotations",
        ".pom",
        ".jar",
        "-sources.jar",
        "-javadoc.jar");
  }

  private static void copySources(String sources, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(sources))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(ROOT.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  private static void assertDeployed(Path repository, String artifact, String... endings)
      throws IOException {
    Path versions = repository.resolve("org/healthbeam").resolve(artifact);
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(versions)) {
      files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.matches(".*\\.(jar|pom)"))
          .forEach(n -> found.add(n.replaceFirst(artifact + "-[0-9.]+(-[0-9.]+-[0-9]+)?", "")));
    }
    assertEquals(new TreeSet<>(Set.of(endings)), found, artifact);
  }

  /** The modules that are not kept back. */
  private static List<String> published() throws Exception {
    List<String> published = new ArrayList<>();
    for (Element module : children(child(read(ROOT.resolve("pom.xml")), "modules"))) {
      String name = module.getTextContent();
      Element project = read(ROOT.resolve(name).resolve("pom.xml"));
      if (!name.equals("bom") && !text(project, "properties/maven.deploy.skip").equals("true")) {
        published.add(name);
      }
    }
    return published;
  }

  private static Element read(Path pom) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    return document.getDocumentElement();
  }

  private static String text(Element element, String path) {
    Element at = element;
    for (String name : path.split("/", -1)) {
      at = children(at).stream().filter(c -> c.getTagName().equals(name)).findFirst().orElse(null);
      if (at == null) {
        return "";
      }
    }
    return at.getTextContent().strip();
  }

  private static Element child(Element element, String name) {
    return children(element).stream()
        .filter(c -> c.getTagName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }
}
