package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/** A cohort's variants: by site, by sample, by region. */
final class VariantsPart {
  private final List<Block> blocks = new ArrayList<>();
  private final JsonNode cohort;

  private final SitePlots sites;

  private VariantsPart(RunFolder run) throws IOException {
    cohort = RunFolder.json(run.folder().resolve("cohort.json"));
    sites = SitePlots.of(cohort);
  }

  /** Returns the section, or null if the run wrote none of its files. */
  @Nullable
  static Section of(RunFolder run) throws IOException {
    if (!run.hasAny("variants", "samples", "regions")) {
      return null;
    }
    VariantsPart part = new VariantsPart(run);
    SamplePlots samples = SamplePlots.of(run.table("samples"));
    part.figures(samples);
    part.blocks.addAll(part.sites.plots());
    part.blocks.addAll(samples.plots());
    part.blocks.addAll(CohortPlots.of(part.cohort));
    part.blocks.addAll(CohortTables.of(part.cohort));
    part.blocks.addAll(RegionsTable.of(run.table("regions")));
    part.blocks.addAll(CohortTables.inAll(part.cohort));
    return new Section(
        "variants",
        "Variants",
        "The cohort's genotypes, counted by site, by sample and by region in one reading. Counts"
            + " come from the genotypes, not from the file's own summary fields.",
        part.blocks);
  }

  private void figures(SamplePlots samples) {
    List<Block.Figure> figures = new ArrayList<>();
    figures.add(new Block.Figure(Numbers.count(sites.alleles()), "alternate alleles", false));
    figures.add(new Block.Figure(Numbers.count(samples.samples()), "samples", false));
    double tiTv = sites.tiTv();
    if (Double.isFinite(tiTv)) {
      figures.add(new Block.Figure(Numbers.shortly(tiTv), "Ti/Tv over sites", false));
    }
    if (samples.outliers() > 0) {
      figures.add(
          new Block.Figure(Numbers.count(samples.outliers()), "samples that stand out", false));
    }
    blocks.add(new Block.Figures(figures));
    long disagreeing =
        cohort.path("n_ac_disagrees").asLong() + cohort.path("n_an_disagrees").asLong();
    if (disagreeing > 0) {
      blocks.add(
          new Block.Note(
              Numbers.count(disagreeing)
                  + " stored INFO AC or AN values are not what the genotypes come to; the genotypes"
                  + " were counted.",
              false));
    }
  }
}
