package org.healthbeam.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows and the words of the house, where module boundaries do not already enforce them. */
@AnalyzeClasses(packages = "org.healthbeam", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CORE = "org.healthbeam.core..";
  private static final String TRANSFORMS = "org.healthbeam.transforms..";
  private static final String IO = "org.healthbeam.io..";
  private static final String PIPELINES = "org.healthbeam.pipelines..";
  private static final String CONFIG = "org.healthbeam.config..";

  @ArchTest
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

  @ArchTest
  static final ArchRule transformsKnowNoSourcesAndNoPipelines =
      noClasses()
          .that()
          .resideInAPackage(TRANSFORMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(IO, PIPELINES, CONFIG);

  @ArchTest
  static final ArchRule sourcesAndSinksKnowOfTransformsTheOutcomeOnly =
      noClasses()
          .that()
          .resideInAPackage(IO)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(TRANSFORMS, PIPELINES, CONFIG)
                  .and(not(resideInAPackage("org.healthbeam.transforms.outcome"))));

  @ArchTest
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

  @ArchTest
  static final ArchRule pipelinesDoNotKnowEachOther =
      com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices()
          .matching("org.healthbeam.pipelines.(mapcodes|monitorvitals|summarizevariants)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule configurationKnowsTheJavaPlatformOnly =
      noClasses()
          .that()
          .resideInAPackage(CONFIG)
          .should()
          .dependOnClassesThat(not(resideInAnyPackage("java..", "javax..", CONFIG)));

  @ArchTest
  static final ArchRule whatWorksOnRecordsDoesNotPrint =
      noClasses().that().resideInAnyPackage(CORE, TRANSFORMS, IO).should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule onlyTheCommandLineSetsUpLogging =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.healthbeam.pipelines.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule elementsAreNotSerializedByJava =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.beam.sdk.coders.SerializableCoder");

  @ArchTest
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

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helper|Manager|Reader|Writer|Transform|Info)");
}
