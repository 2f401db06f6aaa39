// Package web is the real fetch.HTTP: it talks to servers by net/http.
//
//	New      returns a client
//	Options  names, times, and where passwords are
//
// A request that a server could not answer is tried again after a while, and a transfer
// that breaks goes on from where it was. What a server says is no, as 404, stays no. A
// transfer of less than a byte a second counts as stalled.
//
// Passwords are those of a netrc file, which only the hosts in it get; headers with access
// tokens are not passed on to other hosts by redirects.
package web

// This file defines Client.

import (
	"cmp"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/fetch"
)

// Options say how a Client asks. The zero one has the defaults of the reference.
type Options struct {
	UserAgent   string        // default: "firn"
	Connect     time.Duration // to reach a server; default: 15 s
	Stall       time.Duration // in which a transfer must get on; default: 300 s
	Attempts    int           // of a request; default: 5
	Delay       time.Duration // before the second; doubles; default: 250 ms
	Connections int           // at the same time, to one host; default: 25
	MaxBytes    int64         // of one file; default: 64 GiB
	NetRC       string        // path of a file with passwords; "" if there is none
	CertFile    string        // path of the certificates to trust, as PEM; "": those of the system
	// Offline reports whether this machine has no network. Then a request is tried once.
	// Default: whether it has no address but those of itself.
	Offline func() bool
}

// A Client is a fetch.HTTP. It may be used by several goroutines at once.
type Client struct {
	opt    Options
	start  func() error // reads the files that opt names, once, before the first request
	client *http.Client
	netrc  netrc
}

// New returns a Client. It reads no files, and opens no connections, before the first Get.
func New(opt Options) *Client {
	opt.UserAgent = cmp.Or(opt.UserAgent, "firn")
	opt.Connect = cmp.Or(opt.Connect, 15*time.Second)
	opt.Stall = cmp.Or(opt.Stall, 300*time.Second)
	opt.Attempts = cmp.Or(opt.Attempts, 5)
	opt.Delay = cmp.Or(opt.Delay, 250*time.Millisecond)
	opt.Connections = cmp.Or(opt.Connections, 25)
	opt.MaxBytes = cmp.Or(opt.MaxBytes, 64<<30)
	if opt.Offline == nil {
		opt.Offline = offline
	}
	c := &Client{opt: opt}
	c.start = sync.OnceValue(c.read)
	return c
}

// read reads the files that the options name, and makes the client.
func (c *Client) read() error {
	opt := &c.opt
	if opt.NetRC != "" {
		data, err := os.ReadFile(opt.NetRC)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		c.netrc = parseNetRC(string(data))
	}
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: opt.Connect, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   opt.Connect,
		ResponseHeaderTimeout: opt.Stall,
		IdleConnTimeout:       90 * time.Second,
		MaxConnsPerHost:       opt.Connections,
		MaxIdleConnsPerHost:   opt.Connections,
		ForceAttemptHTTP2:     true,
		DisableCompression:    true,
	}
	if opt.CertFile != "" {
		data, err := os.ReadFile(opt.CertFile)
		if err != nil {
			return err
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(data) {
			return fmt.Errorf("'%s' has no certificates", opt.CertFile)
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
	c.client = &http.Client{Transport: transport}
	return nil
}

// offline reports whether the machine has no address but those of itself.
func offline() bool {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	return !slices.ContainsFunc(addrs, func(a net.Addr) bool {
		n, ok := a.(*net.IPNet)
		return ok && n.IP.IsGlobalUnicast()
	})
}

// maxRedirects is how often one request is sent elsewhere.
const maxRedirects = 10

// maxDelay is the longest wait before a request is tried again.
const maxDelay = time.Minute

// errRedirects is the error of a request that is sent elsewhere without an end.
var errRedirects = fmt.Errorf("it was redirected more than %d times", maxRedirects)

// Get implements fetch.HTTP.
func (c *Client) Get(ctx context.Context, req *fetch.Request) (*fetch.Response, error) {
	if err := c.start(); err != nil {
		return nil, fmt.Errorf("unable to download '%s': %w", req.URL, err)
	}
	res, chain, err := c.try(ctx, req, 0, "")
	if err != nil {
		return nil, err
	}
	out := &fetch.Response{
		NotModified: res.StatusCode == http.StatusNotModified,
		URLs:        chain,
		ETag:        res.Header.Get("Etag"),
		Modified:    res.Header.Get("Last-Modified"),
		Immutable:   immutable(res.Header.Values("Link")),
		ContentType: res.Header.Get("Content-Type"),
	}
	body := &transfer{c: c, ctx: ctx, req: req, res: res, tag: strong(out.ETag)}
	out.Body = body
	if encoding := res.Header.Get("Content-Encoding"); encoding == "gzip" && !out.NotModified {
		z, err := gzip.NewReader(body)
		if err != nil {
			body.Close()
			return nil, err
		}
		out.Body = decoded{z, body}
	} else if encoding != "" && encoding != "identity" {
		body.Close()
		return nil, fmt.Errorf("unable to download '%s': it is encoded as '%s', though that was not asked for", req.URL, encoding)
	}
	if size := res.ContentLength; size > c.opt.MaxBytes {
		body.Close()
		return nil, tooLarge(req.URL, c.opt.MaxBytes)
	}
	return out, nil
}

// decoded is a body that was encoded.
type decoded struct {
	io.Reader
	io.Closer
}

func tooLarge(url string, limit int64) error {
	return fmt.Errorf("unable to download '%s': it is larger than %d bytes", url, limit)
}

// strong returns an ETag that says that bytes are equal; "" for a weak one.
func strong(tag string) string {
	if strings.HasPrefix(tag, "W/") {
		return ""
	}
	return tag
}

// immutable returns the URL of the link with rel="immutable".
func immutable(links []string) string {
	for _, header := range links {
		for link := range strings.SplitSeq(header, ",") {
			target, params, _ := strings.Cut(link, ">")
			target, ok := strings.CutPrefix(strings.TrimSpace(target), "<")
			if ok && slices.ContainsFunc(strings.Split(params, ";"), func(p string) bool {
				name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
				return name == "rel" && strings.Trim(value, `"`) == "immutable"
			}) {
				return target
			}
		}
	}
	return ""
}

// try sends a request for the bytes from offset on, again and again until there is an
// answer that counts. tag is the version that is wanted, if offset is not 0. The caller
// must close the response.
func (c *Client) try(ctx context.Context, req *fetch.Request, offset int64, tag string) (*response, []string, error) {
	for attempt := 1; ; attempt++ {
		res, chain, err := c.send(ctx, req, offset, tag)
		after := time.Duration(0)
		transient := true
		if err == nil {
			switch code := res.StatusCode; code {
			case http.StatusOK, http.StatusPartialContent, http.StatusNotModified:
				return res, chain, nil
			default:
				after = retryAfter(res.Header)
				err = statusError(req.URL, res)
				transient = code == http.StatusTooManyRequests && !isLimit(res.Header) || code == http.StatusRequestTimeout ||
					code >= 500 && code != http.StatusNotImplemented && code != http.StatusHTTPVersionNotSupported && code != http.StatusNetworkAuthenticationRequired
				res.Close()
			}
		} else {
			if cause := context.Cause(ctx); cause != nil {
				return nil, nil, cause
			}
			transient = !isFinal(err)
			err = connectError(req.URL, err)
		}
		if !transient || attempt >= c.opt.Attempts || after > maxDelay || c.opt.Offline() && !isLocal(req.URL) {
			return nil, nil, err
		}
		delay := c.opt.Delay << (attempt - 1)
		delay = min(max(delay+time.Duration(rand.Int64N(int64(delay/2)+1)), after), maxDelay)
		if req.Warn != nil {
			req.Warn("%s; retrying in %d ms (attempt %d/%d)", firstLine(err), delay.Milliseconds(), attempt, c.opt.Attempts)
		}
		select {
		case <-ctx.Done():
			return nil, nil, context.Cause(ctx)
		case <-time.After(delay):
		}
	}
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// isLocal reports whether a URL is one of this machine, which needs no network.
func isLocal(url string) bool {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	host := req.URL.Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// retryAfter returns how long a server asks to wait; 0 if it does not say.
func retryAfter(h http.Header) time.Duration {
	n, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(min(n, 86400)) * time.Second
}

// isLimit reports whether a server says that a quota is used up, which a few seconds do
// not change.
func isLimit(h http.Header) bool { return h.Get("X-Ratelimit-Remaining") == "0" }

// isFinal reports whether asking again is of no use.
func isFinal(err error) bool {
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	return errors.Is(err, errRedirects) || errors.As(err, &dns) && dns.IsNotFound || errors.As(err, &cert) ||
		strings.Contains(err.Error(), "unsupported protocol scheme") || errors.Is(err, http.ErrSchemeMismatch)
}

// send sends a request once. The response is that of the last redirect; the URLs are those
// on the way to it.
func (c *Client) send(ctx context.Context, req *fetch.Request, offset int64, tag string) (*response, []string, error) {
	inner, cancel := context.WithCancelCause(ctx)
	r, err := http.NewRequestWithContext(inner, http.MethodGet, req.URL, nil)
	if err != nil {
		cancel(nil)
		return nil, nil, err
	}
	for name, value := range req.Header {
		r.Header.Set(name, value)
	}
	r.Header.Set("User-Agent", c.opt.UserAgent)
	r.Header.Set("Accept-Encoding", "identity")
	switch {
	case offset > 0:
		r.Header.Set("Range", fmt.Sprintf("bytes=%d-", offset))
		if tag != "" {
			r.Header.Set("If-Range", tag)
		}
	case req.Validator != "":
		r.Header.Set("If-None-Match", req.Validator)
	case req.Modified != "":
		r.Header.Set("If-Modified-Since", req.Modified)
	}
	c.netrc.login(r)
	chain := []string{req.URL}
	client := *c.client
	client.CheckRedirect = func(next *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return errRedirects
		}
		if next.URL.Hostname() != via[0].URL.Hostname() {
			// The client of net/http knows only some of the headers that are secret.
			for name := range req.Header {
				next.Header.Del(name)
			}
		}
		c.netrc.login(next)
		chain = append(chain, next.URL.String())
		return nil
	}
	watch := newWatch(c.opt.Stall, cancel)
	res, err := client.Do(r)
	if err != nil {
		watch.stop()
		if cause := context.Cause(inner); cause != nil {
			err = cause
		}
		cancel(nil)
		return nil, nil, err
	}
	return &response{res, watch, cancel}, chain, nil
}

// A response is an answer whose transfer ends when it stalls.
type response struct {
	*http.Response
	watch  *watch
	cancel context.CancelCauseFunc
}

func (r *response) Close() {
	r.watch.stop()
	r.Body.Close()
	r.cancel(nil)
}

var errStalled = errors.New("the transfer stalled")

// A transfer is the body of a response. It goes on from where it is if it breaks.
type transfer struct {
	c      *Client
	ctx    context.Context
	req    *fetch.Request
	res    *response
	tag    string // of the version that is read; "" if the server has none
	offset int64  // of the next byte
	broken int    // how often the transfer broke since a byte came
	err    error  // after which nothing more comes
}

func (t *transfer) Read(p []byte) (int, error) {
	for t.err == nil {
		n, err := t.res.Body.Read(p)
		t.res.watch.add(n)
		if t.offset += int64(n); t.offset > t.c.opt.MaxBytes {
			t.err = tooLarge(t.req.URL, t.c.opt.MaxBytes)
			break
		}
		if n > 0 {
			t.broken = 0
			return n, nil
		}
		switch {
		case err == nil:
			return 0, nil
		case err == io.EOF:
			t.err = err
		default:
			t.err = t.again(err)
		}
	}
	return 0, t.err
}

// again asks for the rest after the transfer broke with err. The error is err, with the
// URL, if that is not possible.
func (t *transfer) again(err error) error {
	if cause := context.Cause(t.ctx); cause != nil {
		return cause
	}
	if cause := context.Cause(t.res.Request.Context()); cause != nil {
		err = cause
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the server ended the transfer too early")
	}
	failed := fmt.Errorf("unable to download '%s': %w after %d bytes", t.req.URL, err, t.offset)
	ranges := t.res.Header.Get("Accept-Ranges") == "bytes" || t.res.StatusCode == http.StatusPartialContent
	if t.broken++; t.broken >= t.c.opt.Attempts || !ranges && t.tag == "" {
		return failed
	}
	t.res.Close()
	if t.req.Warn != nil {
		t.req.Warn("%s; retrying from offset %d (attempt %d/%d)", failed, t.offset, t.broken, t.c.opt.Attempts)
	}
	res, _, err := t.c.try(t.ctx, t.req, t.offset, t.tag)
	if err != nil {
		return err
	}
	t.res = res
	if res.StatusCode == http.StatusPartialContent {
		if !strings.HasPrefix(res.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", t.offset)) {
			return fmt.Errorf("unable to download '%s': the server sent another part than the one asked for", t.req.URL)
		}
		return nil
	}
	// All of it, from the start: of use if it is the same.
	if tag := strong(res.Header.Get("Etag")); tag == "" || tag != t.tag {
		return fmt.Errorf("unable to download '%s': it changed meanwhile", t.req.URL)
	}
	for skip := t.offset; skip > 0; {
		n, err := io.CopyN(io.Discard, res.Body, min(skip, 1<<20))
		res.watch.add(int(n))
		if skip -= n; err != nil {
			return failed
		}
	}
	return nil
}

// Close implements io.Closer.
func (t *transfer) Close() error {
	t.res.Close()
	if t.err == nil {
		t.err = os.ErrClosed
	}
	return nil
}
