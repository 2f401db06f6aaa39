package cache

// This file defines caches on servers: requests, and what is done when a server
// fails.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/firn-lang/firn/builtins/store"
)

// Limits of time. A server that cannot be reached is not asked again for a while,
// so that it costs a second once, and not with each path.
const (
	connectTimeout = 900 * time.Millisecond
	stallTimeout   = 15 * time.Second // without a byte, a transfer is begun anew from where it is
	downTime       = 30 * time.Second
	retries        = 4                      // after the first try, of a request that a server could not answer
	retryDelay     = 250 * time.Millisecond // before the first of them; doubles
)

// A DownError says that a server cannot be reached.
type DownError struct {
	Host string
	Err  error
}

// connectError returns the reason why a server could not be reached, without the URL and the
// address, which are in the error around it.
func connectError(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	dns, isDNS := errors.AsType[*net.DNSError](err)
	cert, isCert := errors.AsType[*tls.CertificateVerificationError](err)
	op, isOp := errors.AsType[*net.OpError](err)
	system, isSystem := errors.AsType[syscall.Errno](err)
	switch {
	case isDNS && dns.IsNotFound:
		return fmt.Errorf("there is no host '%s', or this machine is offline", dns.Name)
	case isDNS:
		return fmt.Errorf("the host '%s' cannot be looked up (%s); is this machine offline?", dns.Name, dns.Err)
	case isCert:
		return fmt.Errorf("its certificate is not trusted (setting: ssl-cert-file): %w", cert.Err)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Errorf("connecting takes too long: %w", os.ErrDeadlineExceeded)
	case isSystem:
		return system
	case isOp && op.Op == "dial":
		return op.Err
	}
	return err
}

func (e *DownError) Error() string { return fmt.Sprintf("cannot reach '%s': %v", e.Host, e.Err) }

// Unwrap returns the reason.
func (e *DownError) Unwrap() error { return e.Err }

// A web is a cache on a server.
type web struct {
	client *http.Client
	base   *url.URL
	sign   func(r *http.Request, payload [sha256.Size]byte) // for S3; nil otherwise

	stall, connect time.Duration
	downUntil      atomic.Int64 // Unix time in nanoseconds until which the server is not asked
}

func (w *web) url(name string, isURL bool) string {
	if !isURL {
		parts := strings.Split(name, "/")
		for i, p := range parts {
			// PathEscape leaves some characters that have a meaning for some servers.
			parts[i] = strings.NewReplacer("!", "%21", "+", "%2B", "=", "%3D", ":", ":").Replace(url.PathEscape(p))
		}
		name = strings.Join(parts, "/")
	}
	u := *w.base
	u.RawQuery, u.Fragment = "", ""
	return strings.TrimSuffix(u.String(), "/") + "/" + name
}

// A response is an answer whose transfer ends when it stalls.
type response struct {
	*http.Response
	cancel context.CancelCauseFunc
	timer  *time.Timer
	limit  time.Duration
}

func (r *response) Read(p []byte) (int, error) {
	r.timer.Reset(r.limit)
	n, err := r.Body.Read(p)
	r.timer.Stop()
	return n, err
}

func (r *response) Close() error {
	r.timer.Stop()
	err := r.Body.Close()
	r.cancel(nil)
	return err
}

// A progress is the body of a request, which puts off the end of its time.
type progress struct {
	r     io.Reader
	timer *time.Timer
	limit time.Duration
}

func (p progress) Read(b []byte) (int, error) {
	p.timer.Reset(p.limit)
	return p.r.Read(b)
}

var errStalled = errors.New("the transfer stalled")

// do sends one request. The caller must close the response.
func (w *web) do(ctx context.Context, method, to string, header http.Header, body io.Reader, size int64, sum [sha256.Size]byte) (*response, error) {
	if until := w.downUntil.Load(); until > time.Now().UnixNano() {
		return nil, &DownError{w.base.Host, errors.New("it could not be reached a moment ago")}
	}
	inner, cancel := context.WithCancelCause(ctx)
	var connected atomic.Bool
	connecting := time.AfterFunc(w.connect, func() {
		if !connected.Load() {
			cancel(os.ErrDeadlineExceeded)
		}
	})
	defer connecting.Stop()
	timer := time.AfterFunc(w.stall, func() { cancel(errStalled) })
	inner = httptrace.WithClientTrace(inner, &httptrace.ClientTrace{
		ConnectDone: func(_, _ string, err error) {
			if err == nil {
				connected.Store(true)
			}
		},
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	fail := func(err error) (*response, error) {
		timer.Stop()
		if cause := context.Cause(inner); cause != nil {
			err = cause
		}
		cancel(nil)
		return nil, err
	}
	req, err := http.NewRequestWithContext(inner, method, to, body)
	if err != nil {
		return fail(err)
	}
	if body != nil {
		req.Body = io.NopCloser(progress{body, timer, w.stall})
		req.ContentLength, req.GetBody = size, nil
	}
	for name, values := range header {
		req.Header[name] = values
	}
	if w.sign != nil {
		w.sign(req, sum)
	}
	res, err := w.client.Do(req)
	if err != nil {
		if !connected.Load() && ctx.Err() == nil {
			_, err := fail(err)
			w.downUntil.Store(time.Now().Add(downTime).UnixNano())
			return nil, &DownError{w.base.Host, connectError(err)}
		}
		return fail(connectError(err))
	}
	return &response{res, cancel, timer, w.stall}, nil
}

// get sends a GET request from an offset of the file, and tries again if the
// server could not answer.
func (w *web) get(ctx context.Context, to string, header http.Header) (*response, error) {
	delay := retryDelay
	for try := 0; ; try++ {
		res, err := w.do(ctx, http.MethodGet, to, header, nil, 0, sha256.Sum256(nil))
		if err == nil {
			switch {
			case res.StatusCode == http.StatusOK, res.StatusCode == http.StatusPartialContent:
				return res, nil
			case res.StatusCode == http.StatusNotFound, res.StatusCode == http.StatusGone,
				res.StatusCode == http.StatusUnauthorized, res.StatusCode == http.StatusForbidden:
				// Servers that do not list say "forbidden" of what is not there.
				res.Close()
				return nil, &fs.PathError{Op: "GET", Path: to, Err: fs.ErrNotExist}
			}
			err = fmt.Errorf("HTTP error %d", res.StatusCode)
			res.Close()
			if res.StatusCode < 500 && res.StatusCode != http.StatusTooManyRequests && res.StatusCode != http.StatusRequestTimeout {
				return nil, fmt.Errorf("unable to download '%s': %w", to, err)
			}
		}
		if _, down := errors.AsType[*DownError](err); down || ctx.Err() != nil {
			return nil, err
		}
		if try == retries {
			return nil, fmt.Errorf("unable to download '%s': %w", to, err)
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(delay):
		}
		delay *= 2
	}
}

func (w *web) open(ctx context.Context, name string, isURL bool) (io.ReadCloser, error) {
	d := &download{w: w, ctx: ctx, url: w.url(name, isURL)}
	if err := d.begin(); err != nil {
		return nil, err
	}
	return d, nil
}

// A download reads a file, and goes on from where it is if the transfer breaks.
type download struct {
	w   *web
	ctx context.Context
	url string

	res    *response
	tag    string // of the version that is read; "" if the server has none
	offset int64  // of the next byte
	broken int    // how often the transfer broke since a byte came
}

// begin sends the request for the rest of the file.
func (d *download) begin() error {
	header := http.Header{"Accept-Encoding": {"identity"}}
	if d.offset > 0 {
		header.Set("Range", fmt.Sprintf("bytes=%d-", d.offset))
		if d.tag != "" {
			header.Set("If-Range", d.tag)
		}
	}
	res, err := d.w.get(d.ctx, d.url, header)
	if err != nil {
		return err
	}
	if encoding := res.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		res.Close()
		return fmt.Errorf("unable to download '%s': it is encoded as '%s'", d.url, encoding)
	}
	tag := res.Header.Get("Etag")
	switch {
	case d.offset == 0:
		d.tag = tag
		if strings.HasPrefix(tag, "W/") { // which says nothing of bytes
			d.tag = ""
		}
	case res.StatusCode == http.StatusPartialContent:
		if !strings.HasPrefix(res.Header.Get("Content-Range"), "bytes "+strconv.FormatInt(d.offset, 10)+"-") {
			res.Close()
			return fmt.Errorf("unable to download '%s': the server sent another part", d.url)
		}
	case d.tag != "" && tag != d.tag:
		res.Close()
		return fmt.Errorf("unable to download '%s': it changed meanwhile", d.url)
	default: // all of it, again
		if _, err := io.CopyN(io.Discard, res, d.offset); err != nil {
			res.Close()
			return err
		}
	}
	d.res = res
	return nil
}

// Read implements io.Reader.
func (d *download) Read(p []byte) (int, error) {
	for {
		n, err := d.res.Read(p)
		d.offset += int64(n)
		if n > 0 {
			d.broken = 0
			if err != io.EOF {
				err = nil
			}
			return n, err
		}
		if err == nil || err == io.EOF {
			return 0, err
		}
		if cause := context.Cause(d.ctx); cause != nil {
			return 0, cause
		}
		if d.broken++; d.broken > retries {
			return 0, fmt.Errorf("unable to download '%s': %w", d.url, err)
		}
		d.res.Close()
		if err := d.begin(); err != nil {
			d.res = &response{Response: &http.Response{Body: http.NoBody}, cancel: func(error) {}, timer: time.NewTimer(0), limit: time.Hour}
			return 0, err
		}
	}
}

// Close implements io.Closer.
func (d *download) Close() error { return d.res.Close() }

func (w *web) narinfos(context.Context) ([]string, error) { return nil, store.ErrNoList }

func (w *web) create(context.Context) (upload, error) {
	u := newSpool()
	u.w = w
	return u, nil
}

// maxInMemory is how much of an upload is kept in memory, in bytes; of more, there
// is a temporary file. A server must know the size, and the name follows from the
// contents.
const maxInMemory = 1 << 20

// newSpool returns what keeps bytes until they are read again.
func newSpool() *webFile { return &webFile{sum: sha256.New()} }

// A webFile is what is going to be sent.
type webFile struct {
	w    *web
	buf  bytes.Buffer
	file *os.File // nil while all is in buf
	size int64
	sum  hash.Hash
}

func (u *webFile) Write(p []byte) (int, error) {
	u.sum.Write(p)
	u.size += int64(len(p))
	if u.file == nil && u.buf.Len()+len(p) <= maxInMemory {
		return u.buf.Write(p)
	}
	if u.file == nil {
		f, err := os.CreateTemp("", "firn-upload-*")
		if err != nil {
			return 0, err
		}
		u.file = f
		if _, err := f.Write(u.buf.Bytes()); err != nil {
			return 0, err
		}
		u.buf = bytes.Buffer{}
	}
	return u.file.Write(p)
}

// body returns what was written, from its start.
func (u *webFile) body() io.Reader {
	if u.file != nil {
		return io.NewSectionReader(u.file, 0, u.size)
	}
	return bytes.NewReader(u.buf.Bytes())
}

func (u *webFile) commit(ctx context.Context, name, contentType string) error {
	defer u.abort()
	to := u.w.url(name, false)
	delay := retryDelay
	for try := 0; ; try++ {
		res, err := u.w.do(ctx, http.MethodPut, to, http.Header{"Content-Type": {contentType}}, u.body(), u.size, [sha256.Size]byte(u.sum.Sum(nil)))
		if err == nil {
			code := res.StatusCode
			res.Close()
			if code >= 200 && code < 300 {
				return nil
			}
			err = fmt.Errorf("HTTP error %d", code)
			if code < 500 && code != http.StatusTooManyRequests {
				return fmt.Errorf("unable to upload '%s': %w", to, err)
			}
		}
		if _, down := errors.AsType[*DownError](err); down || ctx.Err() != nil {
			return err
		}
		if try == retries {
			return fmt.Errorf("unable to upload '%s': %w", to, err)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(delay):
		}
		delay *= 2
	}
}

func (u *webFile) abort() {
	if u.file != nil {
		u.file.Close()
		os.Remove(u.file.Name())
		u.file = nil
	}
}
