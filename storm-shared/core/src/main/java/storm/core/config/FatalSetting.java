package storm.core.config;

import java.lang.System.Logger.Level;

/// Ends the server for a setting it cannot run with, after one line that says what to change.
public final class FatalSetting {
    private static final System.Logger LOG = System.getLogger(FatalSetting.class.getName());

    private FatalSetting() {}

    /// Runs what reads the configuration; a bad setting in it ends the process with status 1.
    ///
    /// Called by each server's start listener. The exit runs on a thread of its own, since the server's own
    /// shutdown
    /// waits for the listener to return.
    ///
    /// @return whether the server may go on
    public static boolean check(Runnable start) {
        try {
            start.run();
            return true;
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BadSettingException bad) {
                    LOG.log(Level.ERROR, "Storm cannot start: {0}", bad.getMessage());
                    Thread.ofPlatform()
                            .name("storm-fatal-setting")
                            .start(() -> Runtime.getRuntime().exit(1));
                    return false;
                }
            }
            throw e;
        }
    }
}
