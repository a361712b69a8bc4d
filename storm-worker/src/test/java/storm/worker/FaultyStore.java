package storm.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import storm.store.messages.MessageStore;

/// A real store whose calls pass by a test, which may fail them or do something first.
final class FaultyStore {
    private FaultyStore() {}

    /// What a test does around a call.
    @FunctionalInterface
    interface Around {
        /// @param call carries the call out
        @Nullable
        Object call(String method, Object[] arguments, Call call) throws Throwable;
    }

    @FunctionalInterface
    interface Call {
        @Nullable
        Object go() throws Throwable;
    }

    static MessageStore around(MessageStore real, Around around) {
        return (MessageStore) Proxy.newProxyInstance(
                MessageStore.class.getClassLoader(),
                new Class<?>[] {MessageStore.class},
                (_, method, arguments) ->
                        around.call(method.getName(), arguments, () -> invoke(real, method, arguments)));
    }

    private static @Nullable Object invoke(MessageStore real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
