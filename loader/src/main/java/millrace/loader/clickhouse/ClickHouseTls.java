package millrace.loader.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import millrace.contract.failure.Failure;
import millrace.contract.settings.ClickHouseSettings;

/** Trusts the certificates of a file and no others. Nothing here is needed, nor loaded, without such a file. */
final class ClickHouseTls {
    private final SSLSocketFactory sockets;

    ClickHouseTls(ClickHouseSettings settings) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted(Path.of(settings.caFile())));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            sockets = context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw Failure.configuration(
                    "bad-certificate-file",
                    "The file " + settings.caFile() + " holds no certificates that can be read: " + e.getMessage(),
                    settings.env() + "_CA_FILE must name a PEM file.");
        }
    }

    private static KeyStore trusted(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
        }
        if (store.size() == 0) {
            throw new IOException("it is empty");
        }
        return store;
    }

    /** The name of the host is checked as ever. */
    void secure(HttpURLConnection request) {
        ((HttpsURLConnection) request).setSSLSocketFactory(sockets);
    }
}
