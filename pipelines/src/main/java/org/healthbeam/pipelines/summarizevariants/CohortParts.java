package org.healthbeam.pipelines.summarizevariants;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.reference.Populations;

/** The parts of {@code cohort.json} that have the cohort's counters once more, by a name. */
final class CohortParts {
  /** What the columns before the genotypes tell. */
  private static final Set<SiteCounter> OF_COLUMNS =
      EnumSet.range(SiteCounter.RECORDS, SiteCounter.TV);

  /** What the genotypes tell. */
  private static final Set<SiteCounter> OF_GENOTYPES =
      EnumSet.range(SiteCounter.CALLED, SiteCounter.PRIVATE);

  private static final SiteTotals NOTHING = new SiteTotals();

  private CohortParts() {}

  /**
   * Records left out count in all that their columns tell, and in no genotype, since they have not
   * been read.
   */
  static void byFilter(JsonGenerator json, CohortTotals cohort) throws IOException {
    Map<String, SiteTotals> counted = cohort.byFilter();
    Map<String, SiteTotals> leftOut = cohort.leftOutByFilter();
    json.writeObjectFieldStart("by_filter");
    for (String filter : cohort.recordsByFilter().keySet()) {
      SiteTotals in = counted.getOrDefault(filter, NOTHING);
      SiteTotals out = leftOut.getOrDefault(filter, NOTHING);
      SiteTotals columns = new SiteTotals();
      columns.add(in);
      columns.add(out);
      json.writeObjectFieldStart(filter);
      counters(json, OF_COLUMNS, columns);
      json.writeNumberField("n_filtered_out", out.get(SiteCounter.RECORDS));
      counters(json, OF_GENOTYPES, in);
      CohortDocument.number(json, "ti_tv", columns.tiTv());
      ratios(json, in);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  static void known(JsonGenerator json, SiteTotals sites) throws IOException {
    json.writeObjectFieldStart("known");
    for (Map.Entry<String, Long> count : KnownColumns.counts(sites).entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    CohortDocument.number(json, "ti_tv_known", sites.tiTvKnown());
    CohortDocument.number(json, "ti_tv_novel", sites.tiTvNovel());
    json.writeEndObject();
  }

  static void populations(
      JsonGenerator json, CohortTotals cohort, List<SampleSummary> samples, Populations populations)
      throws IOException {
    Populations.Match match =
        populations.match(samples.stream().map(SampleSummary::sample).toList());
    json.writeObjectFieldStart("populations");
    json.writeNumberField("n_samples_with_population", match.matched());
    json.writeNumberField("n_samples_without_population", match.without());
    json.writeNumberField("n_unknown_samples", match.unknown());
    json.writeNumberField("n_populations_without_sample", match.empty());
    json.writeObjectFieldStart("by_population");
    for (Map.Entry<String, Long> size : match.sizes().entrySet()) {
      SiteTotals sites = cohort.byPopulation().getOrDefault(size.getKey(), NOTHING);
      json.writeObjectFieldStart(size.getKey());
      json.writeNumberField("n_samples", size.getValue());
      counters(json, OF_COLUMNS, sites);
      counters(json, OF_GENOTYPES, sites);
      CohortDocument.number(json, "ti_tv", sites.tiTv());
      ratios(json, sites);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void counters(JsonGenerator json, Set<SiteCounter> counters, SiteTotals sites)
      throws IOException {
    for (SiteCounter counter : counters) {
      json.writeNumberField(counter.label(), sites.get(counter));
    }
  }

  private static void ratios(JsonGenerator json, SiteTotals sites) throws IOException {
    CohortDocument.number(json, "het_hom", sites.hetHom());
    CohortDocument.number(json, "call_rate", sites.callRate());
  }
}
