package org.healthbeam.templates.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.healthbeam.templates.catalog.Template;

/** A kind of files that are made of what templates say. Found by {@code ServiceLoader}. */
public interface TemplateFiles {

  /** Returns the folders of the source tree that have such files and no others. */
  Set<String> folders();

  /**
   * Returns the files, path in the source tree to text.
   *
   * @param root of the source tree, which may say more than the templates do
   */
  Map<String, String> of(List<Template> templates, Path root) throws IOException;
}
