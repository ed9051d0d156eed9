# shellcheck shell=bash
# "healthbeam doctor": says what is installed, what is missing and what to do. Read by the launcher script,
# whose functions and variables it uses.
# shellcheck disable=SC2154 # root, java and what else the launcher script has set.

good() { printf '  ok       %s\n' "$*"; }
missing() { printf '  MISSING  %s\n' "$*"; ill=1; }
note() { printf '  note     %s\n' "$*"; }

doctor_help() {
  printf '%s\n' 'Usage: healthbeam doctor [--free=PORT]... [ADDRESS]...' '' \
    'Says what is installed, what is missing and what to do.' '' \
    '  ADDRESS       also says whether that server answers: HOST:PORT, of a broker for one, or' \
    '                flink://HOST:PORT, spark://HOST:PORT, hdfs://HOST:PORT[/PATH]' \
    '  --free=PORT   also says whether that port of this machine is free to listen on'
}

# Says whether somebody takes connections there; gives up after five seconds.
answers() { # HOST PORT
  local tries pid
  (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null &
  pid=$!
  for ((tries = 0; tries < 50; tries++)); do
    if ! kill -0 "$pid" 2>/dev/null; then
      wait "$pid"
      return
    fi
    sleep 0.1
  done
  kill "$pid" 2>/dev/null
  return 1
}

is_port() { [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 >= 1 && 10#$1 <= 65535)); }

# Sets host and port.
split_address() { # ADDRESS
  local address=${1#*://}
  address=${address%%/*}
  host=${address%:*}
  port=${address##*:}
  if [[ $host == *,* ]]; then refuse "doctor: '$1' are several; give each address by itself"; fi
  if [[ -z $host || $host == "$address" || ($host == *:* && $host != \[*\]) ]] || ! is_port "$port"; then
    refuse "doctor: '$1' is no address such as broker.example:9092 or flink://host:8081"
  fi
}

check_address() { # ADDRESS
  local host port
  split_address "$1"
  if answers "${host//[][]/}" "$port"; then
    good "$1 answers"
  else
    missing "$1: nobody answers; is the server started, are name and port right, does a firewall stand between?"
  fi
}

check_free() { # PORT
  if answers 127.0.0.1 "$1" || answers ::1 "$1" || answers "$(hostname)" "$1"; then
    missing "port $1: another program listens there; end it or choose another port"
  else
    good "port $1 is free"
  fi
}

# What a process may have is the least of what is free and of two limits.
check_memory() {
  local kilobytes='' limit bytes
  if [[ -r /proc/meminfo ]]; then
    kilobytes=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB$/\1/p' /proc/meminfo)
  elif command -v sysctl >/dev/null; then
    kilobytes=$(($(sysctl -n hw.memsize 2>/dev/null || printf 0) / 1024))
  fi
  # A container's; a group of its own is the root of what it sees.
  for limit in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    if [[ -r $limit ]]; then
      bytes=$(<"$limit")
      if [[ $bytes =~ ^[0-9]{1,16}$ ]] && ((bytes / 1024 < ${kilobytes:-0})); then
        kilobytes=$((bytes / 1024))
      fi
    fi
  done
  limit=$(ulimit -v)
  if [[ $limit =~ ^[0-9]+$ ]] && ((limit < ${kilobytes:-0})); then
    kilobytes=$limit
  fi
  if [[ -z $kilobytes || $kilobytes == 0 ]]; then
    note "memory: cannot be seen here; 4 GB are enough for the demo"
  elif ((kilobytes < 2000000)); then
    missing "memory: $((kilobytes / 1000)) MB free; close something, 2 GB are needed and 4 GB are comfortable"
  else
    good "memory: $((kilobytes / 1000)) MB free"
  fi
}

# Runs keep what they sort and what is not yet whole there.
check_temporary() {
  local folder=${TMPDIR:-/tmp} file kilobytes
  if ! file=$(mktemp "$folder/healthbeam-doctor.XXXXXX" 2>/dev/null); then
    missing "temporary files: nothing can be written in $folder; make it writable, or set TMPDIR to a folder that is"
    return
  fi
  rm -f -- "$file"
  kilobytes=$(df -Pk -- "$folder" | awk 'NR == 2 { print $4 }')
  if ((kilobytes < 500000)); then
    missing "temporary files: $((kilobytes / 1000)) MB free in $folder; 500 MB are needed for the demo, more for more; TMPDIR names another folder"
  else
    good "temporary files: $folder, $((kilobytes / 1000)) MB free"
  fi
}

doctor() { # [--free=PORT]... [ADDRESS]...
  local argument host port
  for argument in "$@"; do
    case $argument in
      -h | --help) doctor_help; return ;;
      --free=*) is_port "${argument#*=}" || refuse "doctor: '$argument' is no port, 1 to 65535" ;;
      [!-]*) split_address "$argument" ;;
      *) refuse "doctor: Unknown option '$argument'; try 'healthbeam doctor --help'" ;;
    esac
  done
  ill=0
  printf 'HealthBeam in %s\n' "$root"
  find_java
  if [[ -z $java ]]; then
    missing "Java: install a JDK $WANTED_JAVA or newer, or set JAVA_HOME to one"
  elif ! [[ $java_major =~ ^[0-9]+$ ]] || ((java_major < WANTED_JAVA)); then
    missing "JDK $WANTED_JAVA or newer: $java is Java ${java_version:-of an unknown version}; set JAVA_HOME to a newer one"
  elif [[ $has_javac == no ]]; then
    missing "a compiler: $java belongs to a JRE; install the JDK of the same version"
  else
    local said
    if said=$("$java" -Xmx1g -version 2>&1); then
      good "JDK $java_version ($java)"
    else
      missing "a JVM with 1 GB: $java says '${said##*$'\n'}'; does 'ulimit -v' or a container limit memory?"
    fi
  fi

  check_memory

  local free
  free=$(df -Pk -- "$root" | awk 'NR == 2 { print $4 }')
  if ((free < 3000000)); then
    missing "disk: $((free / 1000)) MB free under $root; 3 GB are needed to build all runners"
  else
    good "disk: $((free / 1000)) MB free"
  fi
  check_temporary
  if [[ ! -w $root ]]; then missing "permission to write in $root: the build puts its files there"; fi

  local runner absent=0
  for runner in direct flink spark; do
    if is_built "runners-config/$runner" "${MODULES[@]}"; then
      good "runner $runner: built"
    elif [[ -f $root/runners-config/$runner/target/.built ]]; then
      note "runner $runner: older than its sources; the next run with it builds it"
    else
      absent=$((absent + 1))
      note "runner $runner: not built; the first run with it builds it"
    fi
  done
  if ((absent)); then check_network; fi
  if [[ -d $root/samples/data ]]; then
    good "sample data"
  else
    missing "sample data: $root/samples/data is not there; get the whole repository"
  fi
  for argument in "$@"; do
    case $argument in
      --free=*) check_free "${argument#*=}" ;;
      *) check_address "$argument" ;;
    esac
  done
  if ((ill)); then return 1; fi
  printf '%s\n' 'Nothing is missing. ./healthbeam demo shows what it does.'
}

# What is not yet in the local repository comes from the one that Maven is told to use.
check_network() {
  local url
  url=$(sed -n 's:^distributionUrl=\(.*\)/org/apache/maven/apache-maven/.*$:\1:p' "$root/.mvn/wrapper/maven-wrapper.properties")
  if [[ -f $HOME/.m2/settings.xml ]] && grep -q '<mirror>' "$HOME/.m2/settings.xml"; then
    note "packages come from the mirror in $HOME/.m2/settings.xml"
  elif ! command -v curl >/dev/null; then
    note "packages: a build downloads from ${MVNW_REPOURL:-$url}"
  elif curl -fsI --max-time 10 -o /dev/null "${MVNW_REPOURL:-$url}/org/apache/maven/maven-metadata.xml"; then
    good "packages: ${MVNW_REPOURL:-$url} answers"
  else
    note "the package repository ${MVNW_REPOURL:-$url} does not answer; unless Maven is set up with another, check the network or the proxy, or name a mirror in $HOME/.m2/settings.xml"
  fi
}
