package dev.steno;

import dev.steno.access.AccessControl;
import dev.steno.access.MetricsAccess;
import dev.steno.archive.ArchiveRetention;
import dev.steno.archive.JournalCheck;
import dev.steno.archive.JournalRecovery;
import dev.steno.audience.Audience;
import dev.steno.configuration.ConfigurationCheck;
import dev.steno.configuration.Settings;
import dev.steno.library.LibraryAccess;
import dev.steno.library.LibraryIndex;
import dev.steno.logging.ApplicationLog;
import dev.steno.logging.LogEvent;
import dev.steno.protocol.files.UploadFolder;
import dev.steno.recognition.RecognizerSelector;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.servers.ServerMendings;
import dev.steno.session.ServiceDescription;
import dev.steno.session.TranscriptionSessions;
import dev.steno.threads.ContainerThreads;
import dev.steno.webhook.Webhooks;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Start and end of the application. Makes every bean that reads configuration, so that nonsense stops the deployment
 * before anybody connects; and ends recordings properly before the server takes the threads away.
 */
@WebListener
public class Deployment implements ServletContextListener {
    private static final System.Logger LOG = System.getLogger(Deployment.class.getName());

    @Inject
    private Settings settings;

    @Inject
    private ContainerThreads threads;

    @Inject
    private TranscriptionSessions sessions;

    @Inject
    private RecognizerSelector selector;

    @Inject
    private AccessControl access;

    @Inject
    private JournalRecovery recovery;

    @Inject
    private JournalCheck journalCheck;

    @Inject
    private ArchiveRetention retention;

    @Inject
    private MetricsAccess metrics;

    @Inject
    private Audience audience;

    @Inject
    private LibraryAccess library;

    @Inject
    private LibraryIndex index;

    @Inject
    private Webhooks webhooks;

    @Inject
    private UploadFolder uploads;

    @Inject
    @Any
    private Instance<ConfigurationCheck> checks;

    private ApplicationLog log;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            log = ApplicationLog.install(settings);
            ServerMendings.apply(event.getServletContext());
            ServiceDescription description = readConfiguration();
            begin(description);
            LogEvent.of("up", "Steno is up at " + event.getServletContext().getContextPath() + "/")
                    .with("engine", description.engine())
                    .with("language", description.defaultLanguage())
                    .with("limit", description.recordingLimit())
                    .log(LOG, System.Logger.Level.INFO);
            LOG.log(System.Logger.Level.INFO, access.mode().summary());
            LOG.log(System.Logger.Level.INFO, metrics.summary());
            LOG.log(System.Logger.Level.INFO, library.summary());
            LOG.log(System.Logger.Level.INFO, audience.summary());
        } catch (RuntimeException e) {
            threads.close(); // a server may keep the beans of an application that it refused
            if (log != null) {
                log.remove();
            }
            throw e;
        }
    }

    /**
     * All of it, before anything is begun: a wrong value must not be found only after the recovery of journals has
     * started.
     */
    private ServiceDescription readConfiguration() {
        checks.forEach(check -> check.check(settings));
        access.mode();
        metrics.summary();
        library.summary();
        audience.summary();
        webhooks.counts();
        uploads.limit();
        retention.isOn();
        return sessions.description();
    }

    private void begin(ServiceDescription description) {
        // Refuses folders that cannot be used, so nothing else has been started then.
        recovery.begin(
                description.resumeWindow(), () -> selector.engines().status().state() == RecognizerStatus.State.READY);
        threads.begin();
        webhooks.begin();
        uploads.eraseLeftovers();
        retention.begin();
        journalCheck.begin();
        if (library.isOn()) {
            index.begin();
        }
        selector.engines().warmUp();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        sessions.drain();
        if (log != null) { // the deployment may have failed before
            log.remove();
        }
    }
}
