package org.healthbeam.templates.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.healthbeam.templates.catalog.Template;
import org.healthbeam.templates.catalog.Templates;

/** The files that are made of what templates say about themselves. */
public final class GeneratedFiles {
  /** Where specifications stand in the source tree. */
  static final String SPECS = "templates/specs";

  /** Where pages stand in the source tree. */
  static final String PAGES = "docs/templates";

  private GeneratedFiles() {}

  /** Returns all of them, path in the source tree to text. */
  public static Map<String, String> all() {
    Map<String, String> files = new TreeMap<>();
    List<Template> templates = Templates.all();
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

  /** Writes all of them into a source tree. */
  public static void write(Path root) throws IOException {
    for (Map.Entry<String, String> file : all().entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
