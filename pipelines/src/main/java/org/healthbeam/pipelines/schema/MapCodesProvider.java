package org.healthbeam.pipelines.schema;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.healthbeam.pipelines.mapcodes.MapCodesOptions;
import org.healthbeam.pipelines.mapcodes.MapCodesPipeline;
import org.healthbeam.transforms.code.Mapped;
import org.healthbeam.transforms.outcome.Rejects;

/** Maps the codes in columns of rows; nothing is rejected. */
@AutoService(SchemaTransformProvider.class)
public final class MapCodesProvider extends OptionsProvider<MapCodesOptions> {
  /** For the service loader. */
  public MapCodesProvider() {
    super(
        "map_codes",
        MapCodesOptions.class,
        List.of("maps", "codeColumns"),
        List.of(
            "codeSystem",
            "systemColumns",
            "versionColumns",
            "displayColumns",
            "idColumn",
            "dateColumn",
            "severalTargets",
            "targetSystem",
            "useMaps",
            "reverse",
            "pseudonymKeyFile"),
        false);
  }

  @Override
  public String description() {
    return "Maps codes in named columns of rows by code maps: the rows with columns added, and what"
        + " became of each code.";
  }

  @Override
  Optional<String> told(String option) {
    return switch (option) {
      case "codeColumns" -> Optional.of("The columns that hold codes, of text or arrays of text.");
      case "idColumn" -> Optional.of("The column that tells in the translations which row it is.");
      case "pseudonymKeyFile" ->
          Optional.of(
              "File with a secret key of at least 16 bytes. With it, the identifiers in the"
                  + " translations become pseudonyms.");
      default -> Optional.empty();
    };
  }

  @Override
  public List<String> inputCollectionNames() {
    return List.of("input");
  }

  @Override
  public List<String> outputCollectionNames() {
    return List.of("output", "translations");
  }

  @Override
  PCollectionRowTuple expand(
      PCollectionRowTuple input, MapCodesOptions options, @Nullable Rejects rejects) {
    Mapped<Row> mapped = MapCodesPipeline.mapRows(input.getSinglePCollection(), options);
    return PCollectionRowTuple.of(
        "output",
        mapped.values(),
        "translations",
        AsRows.of("translations", mapped.translations()));
  }
}
