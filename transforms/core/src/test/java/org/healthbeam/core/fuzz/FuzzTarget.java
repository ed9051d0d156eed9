package org.healthbeam.core.fuzz;

import java.util.Locale;
import org.healthbeam.core.code.CraftedMaps;
import org.healthbeam.core.code.read.FhirResources;
import org.healthbeam.core.code.read.GemFile;
import org.healthbeam.core.code.read.MapFormat;
import org.healthbeam.core.code.read.MapTable;
import org.healthbeam.core.code.read.SnomedMap;
import org.healthbeam.core.code.read.V2Table;
import org.healthbeam.core.variant.AnyVcf;
import org.healthbeam.core.variant.bcf.AnyBcf;

/**
 * The readers that are fuzzed, each with what must hold whatever bytes it is given.
 *
 * <p>To add one, add a constant here and, in the test resources, a folder {@code seeds/NAME} of
 * small inputs and, if wanted, a dictionary {@code NAME.dict} (the name in lower case, with
 * hyphens).
 */
enum FuzzTarget {
  FHIR_RECORD(TranslatedRecords::check),
  CONCEPT_MAP_JSON(new MapsRead(FhirResources::read)::check),
  FHIR_PACKAGE(
      new MapsRead((in, file, sink) -> MapFormat.FHIR_PACKAGE.read(in, file, "v", sink))::check),
  TSV_TABLE(new MapsRead((in, file, sink) -> MapTable.read(in, '\t', file, "v", sink))::check),
  CSV_TABLE(new MapsRead((in, file, sink) -> MapTable.read(in, ',', file, "v", sink))::check),
  GEM_TEXT(new MapsRead((in, file, sink) -> GemFile.readText(in, file, "v", sink))::check),
  GEM_CSV(new MapsRead((in, file, sink) -> GemFile.readCsv(in, file, "v", sink))::check),
  SNOMED_MAP(new MapsRead((in, file, sink) -> SnomedMap.read(in, file, "v", sink))::check),
  V2_TABLE(new MapsRead((in, file, sink) -> V2Table.read(in, file, "v", sink))::check),
  OMOP_VOCABULARY(new MapsRead(OmopFiles::readVocabulary)::check),
  SOURCE_TO_CONCEPT_MAP(new MapsRead(OmopFiles::readOwnMap)::check),
  COMPILED_MAPS(CraftedMaps::check),
  VCF(AnyVcf::check),
  BCF(AnyBcf::check),
  OBSERVATION(VitalsRead::observation),
  VITALS_TABLE(VitalsRead::table),
  RESULT_MESSAGE(VitalsRead::message);

  /**
   * Throws anything if the reader does not do with these bytes what it must, and returns whether it
   * read them; otherwise it refused them.
   */
  interface Check {
    boolean run(byte[] bytes) throws Exception;
  }

  @SuppressWarnings("ImmutableEnumChecker") // none of them keeps anything
  private final Check check;

  FuzzTarget(Check check) {
    this.check = check;
  }

  boolean check(byte[] bytes) throws Exception {
    return check.run(bytes);
  }

  /** Returns the name of its seeds and of its folder of findings. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
