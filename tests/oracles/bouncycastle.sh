# Sourced by the scripts beside it: sets classpath, or ends them where there is no JDK or no BouncyCastle. Exit 77: skipped; with
# HUFU_ORACLES_MUST=1, as tests/run sets it, which has installed both, 3: no test takes that for a verdict.
jars=/usr/share/java
classpath=$jars/bcprov.jar:$jars/bcpkix.jar:$jars/bcutil.jar
lack() {
    echo "${HUFU_ORACLES_MUST:+NOT }SKIPPED: $1; nothing was verified by BouncyCastle" >&2
    [ -z "${HUFU_ORACLES_MUST:-}" ] || exit 3
    exit 77
}
command -v java >/dev/null && command -v javac >/dev/null || lack "it needs a JDK (default-jdk-headless)"
for jar in bcprov bcpkix bcutil; do
    [ -e "$jars/$jar.jar" ] || lack "$jars/$jar.jar is missing (libbcprov-java libbcpkix-java)"
done
