package org.healthbeam.templates.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.healthbeam.templates.catalog.Template;

/** A kind of files that are made of what templates say. Found by {@code ServiceLoader}. */
public interface TemplateFiles {

  /** {@return the folders of the source tree that have such files and no others} */
  Set<String> folders();

  /**
   * {@return the files, path in the source tree to text}
   *
   * @param templates all of them
   * @param root of the source tree, which may say more than the templates do
   * @throws IOException if the source tree cannot be read
   */
  Map<String, String> of(List<Template> templates, Path root) throws IOException;
}
