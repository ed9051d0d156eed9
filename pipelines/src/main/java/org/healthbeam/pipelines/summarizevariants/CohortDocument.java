package org.healthbeam.pipelines.summarizevariants;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Histogram;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.reference.Populations;
import org.healthbeam.core.variant.reference.Reference;
import org.healthbeam.io.table.TsvLine;

/** The content of {@code cohort.json}. */
final class CohortDocument extends DoFn<CohortTotals, String> {
  private static final long serialVersionUID = 1L;

  private final boolean known;
  @Nullable private final Reference<Populations> populations;

  CohortDocument(boolean known, @Nullable Reference<Populations> populations) {
    this.known = known;
    this.populations = populations;
  }

  @ProcessElement
  public void process(@Element CohortTotals cohort, OutputReceiver<String> receiver)
      throws IOException {
    receiver.output(json(cohort));
  }

  String json(CohortTotals cohort) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      fields(json, cohort);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Writes the document's fields. */
  void fields(JsonGenerator json, CohortTotals cohort) throws IOException {
    List<SampleSummary> samples = cohort.samples().summaries();
    SiteTotals sites = cohort.sites();
    json.writeNumberField("n_samples", samples.size());
    json.writeNumberField("n_sites", sites.get(SiteCounter.RECORDS));
    json.writeNumberField("n_filtered_out", cohort.filteredOut());
    for (SiteCounter counter : SiteCounter.values()) {
      if (!counter.isOfKnown()) {
        json.writeNumberField(counter.label(), sites.get(counter));
      }
    }
    number(json, "ti_tv", sites.tiTv());
    number(json, "het_hom", sites.hetHom());
    number(json, "ins_del", sites.insDel());
    number(json, "call_rate", sites.callRate());
    counts(json, "records_by_type", cohort.recordsByType());
    counts(json, "records_by_filter", cohort.recordsByFilter());
    counts(json, "records_by_contig", cohort.recordsByContig());
    CohortParts.byFilter(json, cohort);
    if (known) {
      CohortParts.known(json, sites);
    }
    if (populations != null) {
      CohortParts.populations(json, cohort, samples, populations.load());
    }
    counts(json, "substitutions", cohort.substitutions());
    histogram(json, "indel_lengths", "length", 1, cohort.indelLengths());
    histogram(json, "frequency_spectrum", "ac", 1, cohort.spectrum());
    pValues(json, "p_hwe", cohort.hardyWeinberg());
    pValues(json, "p_hwe_midp", cohort.hardyWeinbergMidP());
    qual(json, cohort);
    histogram(json, "dp", "dp", 1, cohort.depth());
    histogram(json, "gq", "gq", 1, cohort.quality());
    histogram(json, "ploidy", "ploidy", 1, cohort.ploidies());
    histogram(json, "missing_by_site", "percent", 1, cohort.missingPercentBySite());
    histogram(json, "missing_by_sample", "percent", 1, missingBySample(samples));
  }

  private static Map<Integer, Long> missingBySample(List<SampleSummary> samples) {
    Histogram percent = new Histogram(0, 100);
    for (SampleSummary s : samples) {
      long all = s.nCalled() + s.nPartial() + s.nMissing();
      if (all > 0) {
        percent.add(100 * s.nMissing() / all);
      }
    }
    return percent.counts();
  }

  private static void qual(JsonGenerator json, CohortTotals cohort) throws IOException {
    Map<Integer, Long> steps = cohort.qual();
    json.writeNumberField("n_qual_missing", steps.getOrDefault(-1, 0L));
    histogram(json, "qual", "from", CohortTotals.QUAL_STEP, cohort.qual().tailMap(0));
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      json.writeNumberField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static void histogram(
      JsonGenerator json, String name, String key, int step, Map<Integer, Long> counts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      json.writeStartObject();
      json.writeNumberField(key, (long) entry.getKey() * step);
      json.writeNumberField("n", entry.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** In hundredths of −log10 p. */
  private static void pValues(JsonGenerator json, String name, Map<Integer, Long> counts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      json.writeStartObject();
      number(json, "minus_log10_p", entry.getKey() / 100.0);
      json.writeNumberField("n", entry.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    if (Double.isFinite(value)) {
      json.writeNumber(TsvLine.shortest(value));
    } else {
      json.writeNull();
    }
  }
}
