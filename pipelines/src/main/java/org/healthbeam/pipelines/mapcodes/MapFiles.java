package org.healthbeam.pipelines.mapcodes;

import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.TranslatedRecord;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.io.part.PartFile;
import org.healthbeam.io.text.FileRanges;
import org.healthbeam.io.text.RangeRecords;
import org.healthbeam.io.text.RecordCursor;
import org.healthbeam.transforms.code.CodeChange;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.code.ConceptComparison;
import org.healthbeam.transforms.code.CountCodes;
import org.healthbeam.transforms.code.RecordMapper;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * Reads the records of ranges, maps them and writes them with the rows of their translations to
 * part files, in one step: no record and no translation travels, so what a step costs is paid once
 * for some ranges. Emits the names of the parts, and how often each code came.
 *
 * <p>Memory: one record with its rows, the buffers of two files, and the distinct codes and
 * concepts up to a bound.
 */
final class MapFiles extends DoFn<FileRanges, CodeCount> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<CodeCount> CODES =
      new TupleTag<CodeCount>("codes") {
        private static final long serialVersionUID = 1L;
      };

  /** Parts of {@code resources/*.ndjson}. */
  static final TupleTag<String> RESOURCES =
      new TupleTag<String>("resources") {
        private static final long serialVersionUID = 1L;
      };

  /** Parts of {@code translations.tsv}. */
  static final TupleTag<String> TRANSLATIONS =
      new TupleTag<String>("translations") {
        private static final long serialVersionUID = 1L;
      };

  /** What newer maps would change, where a policy chooses among the codings of a concept. */
  static final TupleTag<CodeChange> CHANGES =
      new TupleTag<CodeChange>("changes") {
        private static final long serialVersionUID = 1L;
      };

  private final RangeRecords records;
  private final RecordMapper mapper;
  @Nullable private final ConceptComparison comparison;
  private final String resourcesFolder;
  private final TranslationParts.Folders translationsFolders;
  @Nullable private transient PartFile resources;
  @Nullable private transient TranslationParts translations;

  MapFiles(
      RangeRecords records,
      RecordMapper mapper,
      @Nullable ConceptComparison comparison,
      String resourcesFolder,
      TranslationParts.Folders translationsFolders) {
    this.records = records;
    this.mapper = mapper;
    this.comparison = comparison;
    this.resourcesFolder = resourcesFolder;
    this.translationsFolders = translationsFolders;
  }

  @Setup
  public void setUp() throws InvalidMapException, IOException {
    mapper.setUp();
  }

  @StartBundle
  public void startBundle() throws InvalidMapException, IOException {
    close();
    resources = PartFile.plain(resourcesFolder);
    translations = new TranslationParts(translationsFolders);
    if (comparison != null) {
      comparison.startBundle();
    }
    mapper.startBundle();
  }

  @ProcessElement
  public void process(@Element FileRanges ranges, MultiOutputReceiver out) throws IOException {
    records.begin();
    mapper.begin();
    try (RecordCursor cursor = records.open(ranges, out.get(Outcomes.REJECTED))) {
      for (InputRecord each = cursor.next(); each != null; each = cursor.next()) {
        TranslatedRecord translated = mapper.map(each, out.get(Outcomes.REJECTED));
        if (translated != null) {
          write(each, translated);
        }
        translations.drainWhenFull(out.get(CODES)::output);
        if (comparison != null && comparison.size() > CountCodes.DISTINCT) {
          comparison.drainTo(out.get(CHANGES)::output);
        }
      }
    }
    records.tell(out.get(Outcomes.COUNTED));
    mapper.tell(out.get(Outcomes.COUNTED));
  }

  private void write(InputRecord record, TranslatedRecord translated) throws IOException {
    OutputStream out = resources.out();
    out.write(translated.json());
    out.write('\n');
    if (comparison != null) {
      comparison.add(translated);
    }
    for (CodingInResource coding : translated.codings()) {
      translations.add(record.source(), record.position(), coding);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    output(context, RESOURCES, resources.finish());
    output(context, TRANSLATIONS, translations.finish());
    translations.finishTyped(part -> output(context, TranslationParts.TYPED, part));
    translations.drain(code -> output(context, CODES, code));
    if (comparison != null) {
      comparison.drainTo(change -> output(context, CHANGES, change));
    }
  }

  private static <T> void output(
      DoFn<FileRanges, CodeCount>.FinishBundleContext context, TupleTag<T> tag, @Nullable T value) {
    if (value != null) {
      context.output(tag, value, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
    }
  }

  /** After a bundle that failed, its files are still open. */
  @Teardown
  public void close() throws IOException {
    PartFile.closeAll(resources, translations);
  }
}
