#!/usr/bin/env bash
# Builds stand-ins for the upstream images that Dockerfile and docker-compose.yml name, where no registry can be reached: from Debian's
# packages and from Maven Central. They are tagged with the upstream names, as those files pin them, and configured in the same way.
# For trying Risefall's containers, not for production: the programs are Debian's, of another patch level than the tag says.
#
#   docker/base-images.sh            # those that are missing; needs docker, debootstrap and root
#
# There is no stand-in for Grafana: Debian has no package of it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

# Prints the full names that both files give to the image $1, whose tag ends in $2.
pinned() {
    grep -hoE "(FROM|image:) +$1:[^ ]*$2( |\$)" Dockerfile docker-compose.yml | awk '{ print $2 }' | sort -u
}

is_there() {
    docker image inspect "$1" >/dev/null 2>&1
}

# Builds the image $1 from the Dockerfile on standard input, unless it is there.
build() {
    if is_there "$1"; then
        echo "$1 is there"
        cat >/dev/null
        return
    fi
    cat >"$context/Dockerfile"
    # The tool that BuildKit needs may not be there, and nothing here needs BuildKit.
    DOCKER_BUILDKIT=0 docker build -q -t "$1" "$context" >/dev/null 2>"$context/build.log" || {
        tail -n 20 "$context/build.log" >&2
        exit 1
    }
    echo "$1 is built"
}

debian=risefall-stand-in/debian:bookworm
if ! is_there "$debian"; then
    debootstrap --variant=minbase bookworm "$context/root" >"$context/debootstrap.log" 2>&1 || {
        tail -n 5 "$context/debootstrap.log" >&2
        exit 1
    }
    tar -C "$context/root" --exclude=./var/cache/apt/archives/* --exclude=./var/lib/apt/lists/* -c . | docker import - "$debian" >/dev/null
    rm -rf "$context/root"
    echo "$debian is built"
fi
install='apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends'
clean='rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb'

# What this host trusts beyond Debian's list, as where connections are inspected.
mkdir -p "$context/trusted"
cp /usr/local/share/ca-certificates/*.crt "$context/trusted/" 2>/dev/null || true

for kind in jdk jre; do
    for image in $(pinned eclipse-temurin "-$kind[^ ]*"); do
        build "$image" <<END
FROM $debian
COPY trusted /usr/local/share/ca-certificates
RUN $install openjdk-17-$kind-headless ca-certificates curl tzdata && $clean \\
    && mkdir /opt/java && ln -s /usr/lib/jvm/java-17-openjdk-* /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk LANG=C.UTF-8
CMD ["jshell"]
END
    done
done
java=$(pinned eclipse-temurin '-jre[^ ]*' | head -n 1)
compiler=$(pinned eclipse-temurin '-jdk[^ ]*' | head -n 1)

for image in $(pinned haproxy ''); do
    build "$image" <<END
FROM $debian
RUN $install haproxy && $clean && usermod -o -u 99 haproxy && groupmod -o -g 99 haproxy && mkdir -p /usr/local/etc/haproxy
USER haproxy
WORKDIR /var/lib/haproxy
STOPSIGNAL SIGUSR1
ENTRYPOINT ["haproxy", "-W", "-db"]
CMD ["-f", "/usr/local/etc/haproxy/haproxy.cfg"]
END
done

for image in $(pinned prom/prometheus ''); do
    build "$image" <<END
FROM $debian
RUN $install prometheus wget && $clean && mkdir /prometheus && chown nobody /prometheus
USER nobody
WORKDIR /prometheus
ENTRYPOINT ["prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
END
done

for image in $(pinned apache/kafka ''); do
    cp -r mvnw .mvn "$context/"
    : >"$context/.mvn/jvm.config"
    cat >"$context/pom.xml" <<END
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>stand-in</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${image##*:}</version></dependency>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>${image##*:}</version></dependency>
  </dependencies>
</project>
END
    # As the upstream image does it: KAFKA_LOG_DIRS becomes log.dirs, and the storage is formatted once.
    cat >"$context/run" <<'END'
#!/bin/sh
set -eu
properties=/opt/kafka/config/server.properties
env | grep '^KAFKA_' | grep -vE '^KAFKA_(HEAP_OPTS|OPTS|CLUSTER_ID)=' | while IFS='=' read -r name value; do
    printf '%s=%s\n' "$(echo "${name#KAFKA_}" | tr 'A-Z_' 'a-z.')" "$value"
done >"$properties"
kafka() {
    java ${KAFKA_HEAP_OPTS:--Xmx512m} -cp '/opt/kafka/libs/*' "$@"
}
kafka kafka.tools.StorageTool format --ignore-formatted -t "${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}" -c "$properties"
exec java ${KAFKA_HEAP_OPTS:--Xmx512m} -XX:+ExitOnOutOfMemoryError -cp '/opt/kafka/libs/*' kafka.Kafka "$properties"
END
    build "$image" <<END
FROM $compiler AS jars
RUN $install unzip && $clean
COPY . /src
RUN cd /src && sh ./mvnw -q -B dependency:copy-dependencies -DoutputDirectory=/opt/kafka/libs
FROM $java
COPY --from=jars /opt/kafka/libs /opt/kafka/libs
COPY run /etc/kafka/docker/run
RUN useradd -u 1000 appuser && mkdir -p /opt/kafka/config /var/lib/kafka/data && chmod +x /etc/kafka/docker/run \\
    && chown -R appuser /opt/kafka/config /var/lib/kafka/data
USER appuser
ENV CLUSTER_ID=5L6g3nShT-eMCtK--X86sw
VOLUME ["/var/lib/kafka/data"]
CMD ["/etc/kafka/docker/run"]
END
done
