package org.healthbeam.templates.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.healthbeam.templates.catalog.Template;
import org.healthbeam.templates.catalog.Templates;

/** The files that are made of what templates say about themselves. */
public final class GeneratedFiles {
  /** Where specifications stand in the source tree. */
  private static final String SPECS = "templates/specs";

  /** Where pages stand in the source tree. */
  private static final String PAGES = "docs/templates";

  private GeneratedFiles() {}

  /** {@return the folders of the source tree that have such files and no others} */
  public static Set<String> folders() {
    Set<String> folders = new TreeSet<>(Set.of(SPECS, PAGES));
    for (TemplateFiles more : ServiceLoader.load(TemplateFiles.class)) {
      folders.addAll(more.folders());
    }
    return folders;
  }

  /**
   * {@return all of them, path in the source tree to text}
   *
   * @param root of the source tree
   * @throws IOException if the source tree cannot be read
   */
  public static Map<String, String> all(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    List<Template> templates = Templates.all();
    for (TemplateFiles more : ServiceLoader.load(TemplateFiles.class)) {
      files.putAll(more.of(templates, root));
    }
    files.put(PAGES + "/README.md", TemplatePages.index(templates));
    for (Template template : templates) {
      String folder = SPECS + "/" + template.name();
      files.put(
          folder + "/container-spec.json",
          TemplateSpecs.text(TemplateSpecs.containerSpec(template)));
      files.put(
          folder + "/java_command_spec.json",
          TemplateSpecs.text(TemplateSpecs.commandSpec(template)));
      files.put(PAGES + "/" + template.name() + ".md", TemplatePages.page(template));
    }
    return files;
  }

  /**
   * Writes all of them into a source tree, and returns their paths in it.
   *
   * @param root of the source tree
   * @return the paths of the files in the tree
   * @throws IOException if it cannot be read or written
   */
  public static Set<String> write(Path root) throws IOException {
    Map<String, String> files = all(root);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return files.keySet();
  }
}
