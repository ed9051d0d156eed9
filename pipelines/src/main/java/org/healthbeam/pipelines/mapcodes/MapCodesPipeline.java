package org.healthbeam.pipelines.mapcodes;

import com.google.auto.service.AutoService;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.TranslationPolicy;
import org.healthbeam.io.part.NameParts;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.io.text.RangeRecords;
import org.healthbeam.io.text.ReadJson;
import org.healthbeam.io.text.ReadLines;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.Parting;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.PseudonymKey;
import org.healthbeam.pipelines.run.ResultTables;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.code.CodeChange;
import org.healthbeam.transforms.code.CodeChangeCoder;
import org.healthbeam.transforms.code.CodeColumns;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.Codes;
import org.healthbeam.transforms.code.CompareCodes;
import org.healthbeam.transforms.code.ConceptComparison;
import org.healthbeam.transforms.code.Coverage;
import org.healthbeam.transforms.code.MapCodes;
import org.healthbeam.transforms.code.MapRowCodes;
import org.healthbeam.transforms.code.Mapped;
import org.healthbeam.transforms.code.RecordMapper;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/** Adds target codings to FHIR JSON or tables and accounts for every coding. */
@AutoService(HealthPipeline.class)
@SuppressWarnings("rawtypes") // the service is generic
public final class MapCodesPipeline implements HealthPipeline<MapCodesOptions> {

  /** Maps that an option names, and how they are used. */
  private record MapsOption(
      String option, List<String> files, List<String> used, boolean reverse, boolean leaveOut) {}

  /** What {@link #check} has read, so that it is not read again when the pipeline is built. */
  private final Map<MapsOption, CodeMaps> checked = new HashMap<>();

  /**
   * Runs the pipeline; the exit status is 0 done, 1 failed, 2 bad usage.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(PipelineRun.run(new MapCodesPipeline(), args));
  }

  @Override
  public Class<MapCodesOptions> optionsClass() {
    return MapCodesOptions.class;
  }

  @Override
  public List<Class<? extends MapCodesOptions>> templates() {
    return List.of(CodeTemplates.FhirFiles.class, CodeTemplates.TableFiles.class);
  }

  @Override
  public void check(MapCodesOptions options) throws UsageException {
    conceptPolicy(options);
    checkTables(options);
    Parting.of(
        options.getPartitionBy(),
        List.of("resource_type", "outcome"),
        ResultTables.of(options.getOutput(), options.getFormat()).typed());
    checked.clear();
    maps(options);
    if (options.getNewerMaps() != null) {
      newerMaps(options);
    }
    if (options.getChangedSince() != null) {
      earlierMaps(options);
    }
    refuseWithout("useNewerMaps", options.getUseNewerMaps(), "newerMaps", options.getNewerMaps());
    refuseWithout(
        "useEarlierMaps", options.getUseEarlierMaps(), "changedSince", options.getChangedSince());
    PseudonymKey.read(options.getPseudonymKeyFile());
  }

  private static void checkTables(MapCodesOptions options) throws UsageException {
    if (TableColumns.areIn(options)) {
      if (options.getConceptPolicy() != ConceptPolicy.Kind.ALL) {
        throw new UsageException(
            "--conceptPolicy is about CodeableConcepts of FHIR; the columns of a table are none");
      }
      TableInputs.of(options).check(TableColumns.of(options));
      return;
    }
    List<String> codeColumns = options.getCodeColumns();
    refuseWithout("codeSystem", options.getCodeSystem(), "codeColumns", codeColumns);
    refuseWithout("systemColumns", options.getSystemColumns(), "codeColumns", codeColumns);
    refuseWithout("versionColumns", options.getVersionColumns(), "codeColumns", codeColumns);
    refuseWithout("displayColumns", options.getDisplayColumns(), "codeColumns", codeColumns);
    refuseWithout("idColumn", options.getIdColumn(), "codeColumns", codeColumns);
    refuseWithout("dateColumn", options.getDateColumn(), "codeColumns", codeColumns);
    refuseWithout("targetSystem", options.getTargetSystem(), "codeColumns", codeColumns);
    for (String input : options.getInput()) {
      if (TableInputs.isTable(input)) {
        throw new UsageException(
            "--input=%s is a table, not FHIR; --codeColumns says which of its columns hold codes"
                .formatted(input));
      }
    }
  }

  private static void refuseWithout(
      String option, @Nullable Object given, String needed, @Nullable List<String> files)
      throws UsageException {
    if (given != null && files == null) {
      throw new UsageException("--" + option + " needs --" + needed);
    }
  }

  @Override
  public Set<String> outputs() {
    Set<String> outputs =
        new TreeSet<>(
            ResultTables.files("translations", "coverage", "codes", "changes", LeftOutFiles.TABLE));
    outputs.addAll(List.of("resources/", "tables/"));
    return outputs;
  }

  @Override
  public void build(Pipeline pipeline, MapCodesOptions options, Rejects rejects) {
    ResultTables tables =
        ResultTables.checked(options.getOutput(), options.getFormat())
            .parted(Parting.checked(options.getPartitionBy()));
    if (options.getLeaveOutBrokenMaps()) {
      LeftOutFiles.write(pipeline, tables, leftOut(options), rejects);
    }
    TranslationFiles translations = new TranslationFiles(tables);
    boolean isChosen = options.getConceptPolicy() != ConceptPolicy.Kind.ALL;
    PCollectionTuple mapped =
        TableColumns.areIn(options)
            ? mapTables(pipeline, options, rejects, translations.folders())
            : mapResources(pipeline, options, rejects, translations.folders());
    translations.join(mapped);
    PCollection<CodeCount> codes = mapped.get(MapFiles.CODES).apply("Count codes", Codes.sum());
    PCollection<Coverage> coverage = codes.apply("Sum coverage", Codes.coverageOfCounts());
    tables.write(
        coverage.apply(
            "Rows of coverage",
            MapElements.into(TypeDescriptors.strings()).via(MapCodesPipeline::coverageRow)),
        "Write coverage",
        "coverage",
        CodeLines.COVERAGE);
    tables.write(
        codes
            .apply("Rows of codes", ParDo.of(new CodeLines.Codes()))
            .setCoder(StringUtf8Coder.of()),
        "Write codes",
        "codes",
        CodeLines.CODES);
    if (options.getNewerMaps() != null) {
      PCollection<CodeChange> changes =
          isChosen
              ? mapped.get(MapFiles.CHANGES).apply("Compare with newer maps", Codes.sumChanges())
              : codes.apply("Compare with newer maps", comparison(options));
      tables.write(
          changes
              .apply("Rows of changes", ParDo.of(new CodeLines.Changes()))
              .setCoder(StringUtf8Coder.of()),
          "Write changes",
          "changes",
          CodeLines.CHANGES);
    }
  }

  private PCollectionTuple mapResources(
      Pipeline pipeline,
      MapCodesOptions options,
      Rejects rejects,
      TranslationParts.Folders translationParts) {
    ReadJson fhir = ReadJson.from(options.getInput()).rejectedTo(rejects);
    NameParts resources = NameParts.in(Location.in(options.getOutput(), "resources"), ".ndjson");
    RangeRecords records = fhir.records();
    RecordMapper mapper =
        mapping(options).following(ReadLines.STAGE).rejectedTo(rejects).recordMapper();
    boolean isChosen = options.getConceptPolicy() != ConceptPolicy.Kind.ALL;
    ConceptComparison concepts =
        options.getNewerMaps() != null && isChosen ? conceptComparison(options) : null;
    PCollectionTuple mapped =
        pipeline
            .apply("Find FHIR", fhir.ranges())
            .apply(
                "Map codes",
                ParDo.of(
                        new MapFiles(
                            records, mapper, concepts, resources.partsFolder(), translationParts))
                    .withOutputTags(
                        MapFiles.CODES,
                        TupleTagList.of(MapFiles.RESOURCES)
                            .and(MapFiles.TRANSLATIONS)
                            .and(TranslationParts.TYPED)
                            .and(MapFiles.CHANGES)
                            .and(Outcomes.REJECTED)
                            .and(Outcomes.COUNTED)));
    Rejects.collect(rejects, mapped);
    mapped
        .get(MapFiles.RESOURCES)
        .setCoder(StringUtf8Coder.of())
        .apply("Write resources", resources);
    mapped.get(MapFiles.CHANGES).setCoder(CodeChangeCoder.of());
    mapped
        .get(TranslationParts.TYPED)
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
    return mapped;
  }

  private PCollectionTuple mapTables(
      Pipeline pipeline,
      MapCodesOptions options,
      Rejects rejects,
      TranslationParts.Folders translationParts) {
    try {
      TableColumns columns = TableColumns.of(options);
      MapRowCodes mapping = mapping(options, columns).countedIn(rejects);
      return TableInputs.of(options).map(pipeline, mapping, columns, rejects, translationParts);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Maps the codes of rows from somewhere else, as the command maps those of tables.
   *
   * @param rows with the columns that the options name; others are passed on
   * @param options those of the command
   * @return the rows with the targets, and what became of each code
   * @throws IllegalArgumentException if the options say something that they may not
   */
  public static Mapped<Row> mapRows(PCollection<Row> rows, MapCodesOptions options) {
    try {
      return rows.apply(
          "Map codes", new MapCodesPipeline().mapping(options, TableColumns.of(options)));
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private MapRowCodes mapping(MapCodesOptions options, TableColumns columns) throws UsageException {
    MapRowCodes mapping =
        Codes.mapRows(maps(options), columns.groups().toArray(CodeColumns[]::new))
            .withSeveralTargets(options.getSeveralTargets());
    mapping = columns.id().isEmpty() ? mapping : mapping.identifiedBy(columns.id());
    mapping = columns.date().isEmpty() ? mapping : mapping.datedBy(columns.date());
    if (options.getChangedSince() != null) {
      mapping = mapping.changedSince(earlierMaps(options));
    }
    return options.getPseudonymKeyFile() == null
        ? mapping
        : mapping.withPseudonyms(PseudonymKey.read(options.getPseudonymKeyFile()));
  }

  private MapCodes mapping(MapCodesOptions options) {
    try {
      MapCodes mapping =
          Codes.map(maps(options))
              .withSeveralTargets(options.getSeveralTargets())
              .withConceptPolicy(conceptPolicy(options));
      if (options.getChangedSince() != null) {
        mapping = mapping.changedSince(earlierMaps(options));
      }
      return options.getPseudonymKeyFile() == null
          ? mapping
          : mapping.withPseudonyms(PseudonymKey.read(options.getPseudonymKeyFile()));
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Returns the files in packages that are left out, by option, each with the reason. */
  private Map<String, SortedMap<String, String>> leftOut(MapCodesOptions options) {
    try {
      Map<String, SortedMap<String, String>> result = new TreeMap<>();
      result.put("maps", maps(options).leftOut());
      if (options.getNewerMaps() != null) {
        result.put("newerMaps", newerMaps(options).leftOut());
      }
      if (options.getChangedSince() != null) {
        result.put("changedSince", earlierMaps(options).leftOut());
      }
      return result;
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private CompareCodes comparison(MapCodesOptions options) {
    try {
      return Codes.compare(maps(options), newerMaps(options))
          .withSeveralTargets(options.getSeveralTargets());
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private ConceptComparison conceptComparison(MapCodesOptions options) {
    try {
      return Codes.compareConcepts(
          maps(options),
          newerMaps(options),
          new TranslationPolicy(options.getSeveralTargets(), conceptPolicy(options)));
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private CodeMaps newerMaps(MapCodesOptions options) throws UsageException {
    return otherVersions("--newerMaps", options.getNewerMaps(), options.getUseNewerMaps(), options);
  }

  private CodeMaps earlierMaps(MapCodesOptions options) throws UsageException {
    return otherVersions(
        "--changedSince", options.getChangedSince(), options.getUseEarlierMaps(), options);
  }

  /** Other versions of the maps that are used: those that are named, or known by their URLs. */
  private CodeMaps otherVersions(
      String option, List<String> files, @Nullable List<String> named, MapCodesOptions options)
      throws UsageException {
    List<String> others =
        named != null
            ? named
            : used(options).stream().map(name -> MapId.parse(name).url()).distinct().toList();
    return maps(option, files, others, options);
  }

  private CodeMaps maps(MapCodesOptions options) throws UsageException {
    return maps("--maps", options.getMaps(), used(options), options);
  }

  private static List<String> used(MapCodesOptions options) {
    return options.getUseMaps() == null ? List.of() : options.getUseMaps();
  }

  private CodeMaps maps(
      String option, List<String> files, List<String> used, MapCodesOptions options)
      throws UsageException {
    MapsOption named =
        new MapsOption(
            option,
            List.copyOf(files),
            List.copyOf(used),
            options.getReverse(),
            options.getLeaveOutBrokenMaps());
    CodeMaps known = checked.get(named);
    if (known == null) {
      known = read(named);
      checked.put(named, known);
    }
    return known;
  }

  private static CodeMaps read(MapsOption named) throws UsageException {
    String option = named.option();
    List<String> files = named.files();
    for (String file : files) {
      Location.requireFileSystem(option.substring(2), file);
    }
    try {
      CodeMaps maps = CodeMaps.find(files).using(named.used());
      CodeMaps asked = named.reverse() ? maps.reversed() : maps;
      return named.leaveOut() ? asked.readWithoutBroken() : asked.read();
    } catch (InvalidMapException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    } catch (FileNotFoundException e) {
      throw new UsageException(option + "=" + e.getMessage(), e);
    } catch (IOException e) {
      throw new UsageException(
          option + "=" + String.join(",", files) + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static ConceptPolicy conceptPolicy(MapCodesOptions options) throws UsageException {
    List<String> systems = options.getSystems() == null ? List.of() : options.getSystems();
    try {
      return new ConceptPolicy(options.getConceptPolicy(), systems);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--conceptPolicy, --systems: " + e.getMessage(), e);
    }
  }

  private static String coverageRow(Coverage coverage) {
    return new TsvLine()
        .add(coverage.system())
        .add(coverage.outcome().code())
        .add(coverage.n())
        .toString();
  }
}
