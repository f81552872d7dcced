package dev.steno.servers;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** Notices that the application answers asynchronously, so by itself. */
final class DeferredRequest extends HttpServletRequestWrapper {
    private final DeferredResponse response;

    DeferredRequest(HttpServletRequest request, DeferredResponse response) {
        super(request);
        this.response = response;
    }

    @Override
    public AsyncContext startAsync() {
        response.release();
        return super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse to) {
        response.release();
        return super.startAsync(request, to);
    }
}
