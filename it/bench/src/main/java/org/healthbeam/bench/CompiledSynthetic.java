package org.healthbeam.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.CompiledMaps;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.read.MapFormat;

/**
 * A synthetic map, compiled, and what it came to. It is made once and kept in a folder.
 *
 * @param file the compiled map
 * @param codes in it
 * @param size of what it was made of
 * @param seconds that the compiling of the table took
 */
record CompiledSynthetic(Path file, long codes, SyntheticMap.Size size, double seconds) {

  static CompiledSynthetic in(Path folder, long codes) throws IOException, InvalidMapException {
    Path file = folder.resolve("synthetic-" + codes + CompiledMaps.SUFFIX);
    Path about = folder.resolve("synthetic-" + codes + ".properties");
    if (!Files.exists(about)) {
      make(folder, codes, file, about);
    }
    Properties told = new Properties();
    try (InputStream in = Files.newInputStream(about)) {
      told.load(in);
    }
    return new CompiledSynthetic(
        file,
        codes,
        new SyntheticMap.Size(
            Long.parseLong(told.getProperty("rows")),
            Long.parseLong(told.getProperty("stringBytes")),
            Long.parseLong(told.getProperty("deflatedBytes"))),
        Double.parseDouble(told.getProperty("seconds")));
  }

  private static void make(Path folder, long codes, Path file, Path about)
      throws IOException, InvalidMapException {
    Files.createDirectories(folder);
    Path table = folder.resolve("synthetic-" + codes + ".tsv");
    SyntheticMap.Size size = new SyntheticMap(codes).write(table);
    long begun = System.nanoTime();
    compile(table, file);
    double seconds = (System.nanoTime() - begun) / 1e9;
    Files.delete(table);
    Properties told = new Properties();
    told.setProperty("rows", Long.toString(size.rows()));
    told.setProperty("stringBytes", Long.toString(size.stringBytes()));
    told.setProperty("deflatedBytes", Long.toString(size.deflatedBytes()));
    told.setProperty("seconds", Double.toString(seconds));
    try (OutputStream out = Files.newOutputStream(about)) {
      told.store(out, "Beside a compiled map");
    }
  }

  private static void compile(Path table, Path file) throws IOException, InvalidMapException {
    try (MapCompiler compiler = new MapCompiler();
        InputStream in = new BufferedInputStream(Files.newInputStream(table), 1 << 16)) {
      MapFormat.TSV.read(in, table.getFileName().toString(), "1", compiler);
      compiler.writeTo(file);
    }
  }

  static CodeMap open(Path file) throws IOException, InvalidMapException {
    return CodeMap.over(List.of(CompiledMaps.open(file, file.getFileName().toString())));
  }
}
