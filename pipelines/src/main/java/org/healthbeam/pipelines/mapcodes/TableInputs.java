package org.healthbeam.pipelines.mapcodes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.table.CsvDialect;
import org.healthbeam.io.table.FindRowGroups;
import org.healthbeam.io.table.JoinTables;
import org.healthbeam.io.table.TableFormat;
import org.healthbeam.io.table.TablePart;
import org.healthbeam.io.text.FileRanges;
import org.healthbeam.io.text.InputFiles;
import org.healthbeam.io.text.LinesOfFile;
import org.healthbeam.io.text.ReadLines;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.code.MapRowCodes;
import org.healthbeam.transforms.code.RowMapper;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * The tables that a run reads, and the steps that map them.
 *
 * @param output the folder of the results
 * @param text patterns of tables of text
 * @param parquet patterns of Parquet files
 */
record TableInputs(String output, List<String> text, List<String> parquet) {
  static final String NO_TABLE = "a Hadoop sequence file, which is no table";

  private static final Pattern TABLE = Pattern.compile("(?i).*\\.(csv|tsv|parquet)(\\.b?gz)?");

  /** So many files are looked into for a header that has the columns. */
  private static final int LOOKED_INTO = 16;

  /**
   * Tells the patterns apart by the names of the files that match them.
   *
   * @throws UsageException if a pattern matches both
   */
  static TableInputs of(MapCodesOptions options) throws UsageException {
    List<String> text = new ArrayList<>();
    List<String> parquet = new ArrayList<>();
    for (String pattern : options.getInput()) {
      (isParquet(pattern) ? parquet : text).add(pattern);
    }
    return new TableInputs(options.getOutput(), text, parquet);
  }

  /** Says whether a pattern is called as only tables are. */
  static boolean isTable(String pattern) {
    return TABLE.matcher(pattern).matches();
  }

  private static boolean isParquet(String pattern) throws UsageException {
    if (JoinTables.isParquet(pattern)) {
      return true;
    }
    List<String> files = files(pattern);
    long n = files.stream().filter(JoinTables::isParquet).count();
    if (n > 0 && n < files.size()) {
      throw new UsageException(
          "--input=%s has Parquet files and others; name them apart, the former as *.parquet"
              .formatted(pattern));
    }
    return n > 0;
  }

  /** Says whether what stands in place of a header is the beginning of a sequence file. */
  static boolean isSequence(String header) {
    return header.startsWith("SEQ\u0006");
  }

  private static List<String> files(String pattern) throws UsageException {
    try {
      return InputFiles.match(pattern).stream()
          .map((MatchResult.Metadata file) -> file.resourceId().toString())
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException e) {
      throw new UsageException("--input=%s cannot be listed".formatted(pattern), e);
    }
  }

  /**
   * Refuses columns that none of the files has, before anything is run; files that lack them beside
   * others that have them are told by the run.
   */
  void check(TableColumns columns) throws UsageException {
    if (!parquet.isEmpty() && TableFormat.of("parquet").isEmpty()) {
      throw new UsageException(
          "--input has Parquet files, and healthbeam-io-parquet is not on the class path");
    }
    String fault = "";
    int looked = 0;
    for (String pattern : text) {
      for (String file : files(pattern)) {
        if (looked == LOOKED_INTO) {
          break;
        }
        looked++;
        try {
          String header = LinesOfFile.first(file);
          if (isSequence(header)) {
            throw new UsageException("--input: " + file + ": " + NO_TABLE);
          }
          columns.places(CsvDialect.ofHeader(header).fields(header), List.of());
          return;
        } catch (RejectedException e) {
          fault = fault.isEmpty() ? "--input: " + file + ": " + e.detail() : fault;
        } catch (IOException e) {
          // The step that reads it says what is wrong with the file.
          return;
        }
      }
    }
    if (!fault.isEmpty() && parquet.isEmpty()) {
      throw new UsageException(fault);
    }
  }

  /** Adds the steps; the tables are written, the other outputs are returned. */
  PCollectionTuple map(
      Pipeline pipeline,
      MapRowCodes mapping,
      TableColumns columns,
      Rejects rejects,
      TranslationParts.Folders translationParts) {
    JoinTables join = JoinTables.in(Location.in(output, "tables"));
    ReadLines lines = text.isEmpty() ? null : ReadLines.from(text).rejectedTo(rejects);
    FindRowGroups groups = parquet.isEmpty() ? null : FindRowGroups.in(parquet, rejects);
    // Rows are counted in one stage; what comes before it is told apart by the format.
    RowMapper mapper = mapping.rowMapper(columns.schema(), groups == null ? ReadLines.STAGE : "");
    MappedTables tables = new MappedTables(columns, mapper, join.partsFolder(), translationParts);
    List<PCollectionTuple> mapped = new ArrayList<>();
    if (lines != null) {
      DoFn<FileRanges, CodeCount> step = new MapTextTables(lines.records(), tables);
      mapped.add(
          pipeline
              .apply("Find tables", lines.ranges())
              .apply("Map rows", ParDo.of(step).withOutputTags(MapFiles.CODES, others())));
    }
    if (groups != null) {
      mapped.add(
          pipeline
              .apply("Find row groups", groups)
              .apply(
                  "Map row groups",
                  ParDo.of(new MapRowGroups(groups.outcomes(), tables))
                      .withOutputTags(MapFiles.CODES, others())));
    }
    mapped.forEach(each -> Rejects.collect(rejects, each));
    mapped.forEach(
        each -> {
          each.get(MapFiles.TRANSLATIONS).setCoder(StringUtf8Coder.of());
          each.get(TranslationParts.TYPED)
              .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
          each.get(MappedTables.TABLES)
              .setCoder(KvCoder.of(StringUtf8Coder.of(), TablePart.PartCoder.of()));
        });
    all(mapped, MappedTables.TABLES, "All tables").apply("Write tables", join);
    return PCollectionTuple.of(MapFiles.CODES, all(mapped, MapFiles.CODES, "All codes"))
        .and(MapFiles.TRANSLATIONS, all(mapped, MapFiles.TRANSLATIONS, "All translations"))
        .and(TranslationParts.TYPED, all(mapped, TranslationParts.TYPED, "All typed translations"));
  }

  private static TupleTagList others() {
    return TupleTagList.of(MapFiles.TRANSLATIONS)
        .and(TranslationParts.TYPED)
        .and(MappedTables.TABLES)
        .and(Outcomes.REJECTED)
        .and(Outcomes.COUNTED);
  }

  private static <T> PCollection<T> all(
      List<PCollectionTuple> mapped, TupleTag<T> tag, String name) {
    if (mapped.size() == 1) {
      return mapped.get(0).get(tag);
    }
    return PCollectionList.of(mapped.stream().map(each -> each.get(tag)).toList())
        .apply(name, Flatten.pCollections());
  }
}
