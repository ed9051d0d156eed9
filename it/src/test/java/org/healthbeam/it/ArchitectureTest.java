package org.healthbeam.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The arrows and the words of the house, where module boundaries do not already enforce them. */
class ArchitectureTest {
  private static final String CORE = "org.healthbeam.core..";
  private static final String TRANSFORMS = "org.healthbeam.transforms..";
  private static final String IO = "org.healthbeam.io..";
  private static final String PIPELINES = "org.healthbeam.pipelines..";
  private static final String CONFIG = "org.healthbeam.config..";
  private static final String TEMPLATES = "org.healthbeam.templates..";
  private static final String ANNOTATIONS = "org.healthbeam.templates.annotations..";
  private static final String CLUSTERS = "org.healthbeam.clusters..";
  private static final String EXPANSION = "org.healthbeam.expansion..";

  /** A package of each module that is held to the rules; of runners there is no class here. */
  private static final List<String> MODULES =
      List.of(
          "org.healthbeam.core.vital",
          "org.healthbeam.transforms.vital",
          "org.healthbeam.transforms.hapi",
          "org.healthbeam.io.text",
          "org.healthbeam.config",
          "org.healthbeam.pipelines.run",
          "org.healthbeam.templates.annotations",
          "org.healthbeam.templates.catalog",
          "org.healthbeam.templates.drawing",
          "org.healthbeam.templates.kubernetes",
          "org.healthbeam.templates.launch",
          "org.healthbeam.expansion",
          "org.healthbeam.clusters.engine");

  static final ArchRule rulesKnowNoBeamAndNoObjectModel =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.beam..",
              "org.apache.hadoop..",
              "ca.uhn..",
              TRANSFORMS,
              IO,
              PIPELINES,
              CONFIG);

  static final ArchRule onlyWhoAsksForTheObjectModelSeesIt =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.healthbeam.transforms.hapi..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ca.uhn.fhir..", "org.hl7..", "org.healthbeam.transforms.hapi..");

  static final ArchRule onlyWhoReadsMessagesSeesTheirModel =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.healthbeam.io.hl7v2..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ca.uhn.hl7v2..");

  static final ArchRule transformsKnowNoSourcesAndNoPipelines =
      noClasses()
          .that()
          .resideInAPackage(TRANSFORMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(IO, PIPELINES, CONFIG);

  static final ArchRule sourcesAndSinksKnowOfTransformsOutcomesRunnersAndFilesOnly =
      noClasses()
          .that()
          .resideInAPackage(IO)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(TRANSFORMS, PIPELINES, CONFIG)
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.healthbeam.transforms.files",
                              "org.healthbeam.transforms.outcome",
                              "org.healthbeam.transforms.runner",
                              "org.healthbeam.transforms.variant.lines"))));

  static final ArchRule pipelinesSeeNoRunner =
      noClasses()
          .that()
          .resideInAPackage(PIPELINES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.beam.runners..",
              "org.apache.flink..",
              "org.apache.spark..",
              "org.healthbeam.runners..");

  static final ArchRule pipelinesKnowOfTemplatesTheAnnotationsOnly =
      noClasses()
          .that()
          .resideInAnyPackage(CORE, TRANSFORMS, IO, PIPELINES, CONFIG)
          .should()
          .dependOnClassesThat(resideInAPackage(TEMPLATES).and(not(resideInAPackage(ANNOTATIONS))));

  static final ArchRule annotationsKnowTheJavaPlatformOnly =
      noClasses()
          .that()
          .resideInAPackage(ANNOTATIONS)
          .should()
          .dependOnClassesThat(not(resideInAnyPackage("java..", ANNOTATIONS)));

  static final ArchRule templatesSeeNoRunner =
      noClasses()
          .that()
          .resideInAPackage(TEMPLATES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.beam.runners..",
              "org.apache.flink..",
              "org.apache.spark..",
              "org.healthbeam.runners..");

  static final ArchRule onlyTheExpansionServiceSeesBeamsOwn =
      noClasses()
          .that()
          .resideOutsideOfPackage(EXPANSION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam.sdk.expansion.service..", EXPANSION);

  static final ArchRule theExpansionServiceKnowsOfTheHouseTheCommandLineOnly =
      noClasses()
          .that()
          .resideInAPackage(EXPANSION)
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.healthbeam..")
                  .and(
                      not(
                          resideInAnyPackage(
                              EXPANSION,
                              "org.healthbeam.pipelines.cli",
                              "org.healthbeam.pipelines.run"))));

  static final ArchRule onlyWhoDrawsSeesTheLayout =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.healthbeam.templates.drawing..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse..");

  static final ArchRule serversKnowNothingOfTheHouse =
      noClasses()
          .that()
          .resideInAPackage(CLUSTERS)
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.healthbeam..").and(not(resideInAPackage(CLUSTERS))));

  static final ArchRule pipelinesDoNotKnowEachOther =
      com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices()
          .matching("org.healthbeam.pipelines.(mapcodes|monitorvitals|summarizevariants)..")
          .should()
          .notDependOnEachOther();

  static final ArchRule configurationKnowsTheJavaPlatformOnly =
      noClasses()
          .that()
          .resideInAPackage(CONFIG)
          .should()
          .dependOnClassesThat(not(resideInAnyPackage("java..", "javax..", CONFIG)));

  static final ArchRule whatWorksOnRecordsDoesNotPrint =
      noClasses().that().resideInAnyPackage(CORE, TRANSFORMS, IO).should(ACCESS_STANDARD_STREAMS);

  static final ArchRule onlyOneClassSetsUpLogging =
      noClasses()
          .that()
          .haveNameNotMatching("org\\.healthbeam\\.pipelines\\.run\\.EngineLog.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");

  static final ArchRule elementsAreNotSerializedByJava =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.beam.sdk.coders.SerializableCoder");

  static final ArchRule rulesAndTransformsTakeNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(CORE, TRANSFORMS)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod("org.joda.time.Instant", "now");

  static final ArchRule namesSayWhatThingsAre =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helper|Manager|Reader|Writer|Transform|Info)");

  /** Every rule of this class as a test of its own, which any runner of JUnit counts. */
  @TestFactory
  List<DynamicTest> theHouseIsAsItIsDrawn() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.healthbeam");
    for (String module : MODULES) {
      assertTrue(
          classes.stream().anyMatch(c -> c.getPackageName().equals(module)),
          module + " is not on the class path");
    }
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> field.getType() == ArchRule.class)
        .map(field -> DynamicTest.dynamicTest(field.getName(), () -> rule(field).check(classes)))
        .toList();
  }

  private static ArchRule rule(Field field) throws IllegalAccessException {
    return (ArchRule) field.get(null);
  }
}
