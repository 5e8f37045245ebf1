package io.risefall.app.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** The version that {@code --version} prints, with the commit that was built and its day: {@code risefall 0.1.0 (1a2b3c4d, 2026-11-29)}. */
public final class Version implements IVersionProvider {
    private static final String REVISION = "Risefall-Revision";
    private static final String REVISION_DATE = "Risefall-Revision-Date";

    /** Only a jar knows its version; classes run from an IDE do not. */
    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"risefall " + number() + revision()};
    }

    /** Nothing where the jar was built without a repository: Maven leaves the name of a property that nobody has set. */
    private static String revision() throws IOException {
        Enumeration<URL> manifests = Version.class.getClassLoader().getResources("META-INF/MANIFEST.MF");
        while (manifests.hasMoreElements()) {
            try (InputStream in = manifests.nextElement().openStream()) {
                Attributes entries = new Manifest(in).getMainAttributes();
                String revision = entries.getValue(REVISION);
                if (revision != null && revision.matches("[0-9a-f]+")) {
                    return " (" + revision + ", " + entries.getValue(REVISION_DATE) + ")";
                }
            }
        }
        return "";
    }
}
