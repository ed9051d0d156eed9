package org.healthbeam.pipelines.summarizevariants;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.variant.compat.Compat;
import org.healthbeam.core.variant.compat.CompatTotals;
import org.healthbeam.core.variant.compat.SiteCounts;
import org.healthbeam.core.variant.compat.SiteTable;
import org.healthbeam.core.variant.compat.TotalsTable;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.io.table.WriteWhole;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.variant.VariantSummaries;

/** The tables of other tools that {@code --compat} asks for. */
final class CompatViews {
  private final Set<Compat> tools;
  private final String input;

  private CompatViews(Set<Compat> tools, String input) {
    this.tools = tools;
    this.input = input;
  }

  /** Returns the tables that checked options ask for. */
  static CompatViews of(SummarizeVariantsOptions options) {
    try {
      return new CompatViews(tools(options.getCompat()), String.join(",", options.getInput()));
    } catch (UsageException e) {
      throw new IllegalStateException("The options were not checked", e);
    }
  }

  Set<Compat> tools() {
    return tools;
  }

  /**
   * Checks the option.
   *
   * @throws UsageException if there is no such tool, or samples are joined
   */
  static void check(SummarizeVariantsOptions options) throws UsageException {
    if (!tools(options.getCompat()).isEmpty() && options.getJoinSamples()) {
      throw new UsageException(
          "--compat=%s needs records as they stand in files, not --joinSamples"
              .formatted(options.getCompat()));
    }
  }

  private static Set<Compat> tools(@Nullable String option) throws UsageException {
    Set<Compat> tools = new LinkedHashSet<>();
    for (String name : option == null ? new String[0] : option.split(",", -1)) {
      tools.add(
          Arrays.stream(Compat.values())
              .filter(tool -> tool.label().equals(name.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() -> unknown(option)));
    }
    return tools;
  }

  private static UsageException unknown(String option) {
    String known =
        Arrays.stream(Compat.values()).map(Compat::label).collect(Collectors.joining(", "));
    return new UsageException(
        "--compat=%s names a tool that is none of %s (several with commas)"
            .formatted(option, known));
  }

  /** Returns the names of all files that any tool's view writes. */
  static Stream<String> files() {
    return Stream.concat(
        Arrays.stream(TotalsTable.values()).map(TotalsTable::file),
        Arrays.stream(SiteTable.values()).map(SiteTable::file));
  }

  void write(VariantSummaries summaries, String output, @Nullable PayloadHash pseudonyms) {
    for (SiteTable table : SiteTable.values()) {
      if (tools.contains(table.tool())) {
        summaries
            .sites()
            .apply("Rows of " + table.file(), ParDo.of(new SiteRows(table)))
            .apply(
                "Write " + table.file(),
                WriteTsv.to(Location.in(output, table.file())).withColumns(table.columns()));
      }
    }
    for (TotalsTable table : TotalsTable.values()) {
      if (tools.contains(table.tool())) {
        summaries
            .compat()
            .apply("Lines of " + table.file(), ParDo.of(new Lines(table, input, pseudonyms)))
            .apply("Write " + table.file(), WriteWhole.to(Location.in(output, table.file())));
      }
    }
  }

  /** The rows of one table, record by record. */
  private static final class SiteRows extends DoFn<SiteCounts, String> {
    private static final long serialVersionUID = 1L;

    private final SiteTable table;

    SiteRows(SiteTable table) {
      this.table = table;
    }

    @ProcessElement
    public void process(@Element SiteCounts site, OutputReceiver<String> receiver) {
      table.rows(site).forEach(receiver::output);
    }
  }

  /** The text of one file, in one piece, since its lines have an order. */
  private static final class Lines extends DoFn<CompatTotals, String> {
    private static final long serialVersionUID = 1L;

    private final TotalsTable table;
    private final String input;
    @Nullable private final PayloadHash pseudonyms;

    Lines(TotalsTable table, String input, @Nullable PayloadHash pseudonyms) {
      this.table = table;
      this.input = input;
      this.pseudonyms = pseudonyms;
    }

    @ProcessElement
    public void process(@Element CompatTotals totals, OutputReceiver<String> receiver) {
      UnaryOperator<String> names = name -> pseudonyms == null ? name : pseudonyms.pseudonym(name);
      List<String> lines = table.lines(totals, input, names);
      receiver.output(String.join("\n", lines));
    }
  }
}
