package org.healthbeam.pipelines.run;

import java.util.List;
import java.util.Map;
import org.healthbeam.templates.annotations.Mode;

/**
 * What somebody who starts a pipeline has given.
 *
 * @param typed option to value, from the command line
 * @param file the name of a file with values; empty if there is none
 * @param parameters option to value, from the file
 * @param template the name of the template that is launched; empty if it is the pipeline itself
 * @param fixed option to value, what the template fixes
 * @param mode whether the input must end, or must not
 * @param problems what is wrong already, a sentence each
 */
public record GivenValues(
    Map<String, String> typed,
    String file,
    Map<String, String> parameters,
    String template,
    Map<String, String> fixed,
    Mode mode,
    List<String> problems) {

  /** Returns what was typed, and nothing else. */
  static GivenValues typed(Map<String, String> typed) {
    return new GivenValues(typed, "", Map.of(), "", Map.of(), Mode.BY_INPUT, List.of());
  }

  /** Says whether a template is launched; whoever does knows labels, and is told all at once. */
  boolean isTemplate() {
    return !template.isEmpty();
  }
}
