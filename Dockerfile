# One image for every part; the command says which: ingest, streams, serve, topics, run, ...
FROM eclipse-temurin:17 AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q -B -DskipTests package

FROM eclipse-temurin:17-jre
COPY --from=build /src/app/target/lib /opt/risefall/lib
RUN useradd --system --home-dir /data risefall && mkdir /data && chown risefall /data
USER risefall
WORKDIR /data
VOLUME /data
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", \
    "-Djava.library.path=/opt/risefall/lib", "-cp", "/opt/risefall/lib/*", "io.risefall.app.Main"]
CMD ["--help"]
