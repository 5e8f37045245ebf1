# One image for every part; the command says which: run, ingest, streams, serve, topics, ...
#
#   docker build -t risefall .
#   docker run --rm risefall --help
#
# Both builders of Docker take it, the classic one and BuildKit.

FROM eclipse-temurin:17.0.19_10-jdk-noble AS build
# Without it, mvnw takes another archive of Maven than the one whose checksum is pinned.
RUN apt-get update -q && apt-get install -y -q --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY schemas/pom.xml schemas/
COPY ingest/pom.xml ingest/
COPY streams/pom.xml streams/
COPY query/pom.xml query/
COPY app/pom.xml app/
# A build without sources downloads all that a build with them needs. Only changed poms make it again.
RUN ./mvnw -q -B -ntp -DskipTests -Dwithout-checks -Dmaven.antrun.skip=true package && rm -rf */target
COPY . .
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
RUN ./mvnw -q -B -o -DskipTests -Dwithout-checks "-Drevision.commit.id.abbrev=$REVISION" "-Drevision.commit.time=${CREATED%%T*}" package

# Where the archive of parsed classes is made, everything is as at run time: the Java, and where the jars are.
FROM eclipse-temurin:17.0.19_10-jre-noble AS installed
WORKDIR /opt/risefall
COPY --from=build /src/app/target/lib lib
COPY app/archive.sh /tmp/
RUN sh /tmp/archive.sh "$(command -v java)" /opt/risefall/lib && ls lib/classes.jsa && touch lib/.installed
COPY risefall docker/healthy LICENSE ./

FROM eclipse-temurin:17.0.19_10-jre-noble
# The number is fixed, so that volumes keep their owner.
RUN groupadd --gid 10001 risefall \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin risefall \
    && mkdir -m 700 /data && chown risefall:risefall /data \
    && ln -s /data /risefall-data \
    && ln -s /opt/risefall/risefall /opt/risefall/healthy /usr/local/bin/
COPY --from=installed /opt/risefall /opt/risefall
USER 10001:10001
ENV HOME=/data
# Here ./risefall-data, which all commands take if nothing else is said, is the volume.
WORKDIR /
VOLUME /data
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["healthy", "/data"]
# The launcher becomes the JVM, which is process 1 and gets the signals.
ENTRYPOINT ["risefall"]
CMD ["--help"]

ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="Risefall" \
      org.opencontainers.image.description="Answers what went down, when and why, from HAProxy's log" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.created="$CREATED"
