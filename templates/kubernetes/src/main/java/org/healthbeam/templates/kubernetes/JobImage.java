package org.healthbeam.templates.kubernetes;

/**
 * The image of an engine with the job jar in it.
 *
 * @param engine as its module is called
 * @param base the engine's own image
 * @param version of the project
 * @param folder where the job jar lies in the image
 */
record JobImage(String engine, String base, String version, String folder) {

  /** Returns the image's own name. */
  String name() {
    return "healthbeam-" + engine + ":" + version;
  }

  /** Returns where the job jar lies in the image. */
  String jar() {
    return folder + "/" + jarName();
  }

  private String jarName() {
    return "healthbeam-" + engine + "-job.jar";
  }

  /** Returns the name of the file that the image is built by. */
  String dockerfile() {
    return Manifests.DOCKER + "/" + engine + ".Dockerfile";
  }

  /** Returns the text of that file. */
  String dockerfileText() {
    return Manifests.MADE
        + """

        #   docker build -f %s -t %s runners-config/%s/target/job
        FROM %s
        COPY %s %s
        """
            .formatted(dockerfile(), name(), engine, base, jarName(), jar());
  }
}
