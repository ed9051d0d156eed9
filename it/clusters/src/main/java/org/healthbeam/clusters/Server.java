package org.healthbeam.clusters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server as it is to be started: a JVM of its own.
 *
 * @param name what it is called among the servers of its cluster, such as {@code taskmanager-1}
 * @param main its main class
 * @param classPath folders and jars, in this order
 * @param jvm options of its JVM
 * @param args arguments of its main class
 * @param environment variables set besides those of this process
 */
public record Server(
    String name,
    String main,
    List<String> classPath,
    List<String> jvm,
    List<String> args,
    Map<String, String> environment) {

  public Server {
    classPath = List.copyOf(classPath);
    jvm = List.copyOf(jvm);
    args = List.copyOf(args);
    environment = Map.copyOf(environment);
  }

  /** Returns a server without options and arguments. */
  public static Server of(String name, String main, List<String> classPath) {
    return new Server(name, main, classPath, List.of(), List.of(), Map.of());
  }

  /** Adds options of the JVM. */
  public Server withJvm(List<String> more) {
    return new Server(name, main, classPath, joined(jvm, more), args, environment);
  }

  /** Sets the bounds of the heap. */
  public Server withHeap(int megabytes) {
    return withJvm(List.of("-Xmx" + megabytes + "m"));
  }

  /** Adds arguments. */
  public Server withArgs(String... more) {
    return new Server(name, main, classPath, jvm, joined(args, List.of(more)), environment);
  }

  /** Sets variables of the environment. */
  public Server withEnvironment(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(environment);
    all.putAll(more);
    return new Server(name, main, classPath, jvm, args, all);
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
