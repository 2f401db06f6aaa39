package web

// This file defines what errors of servers and networks say.

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/fetch"
)

// maxBody is how much of an answer that is no success is read, in bytes.
const maxBody = 4 << 10

// statusError returns the error for an answer that is no success.
func statusError(to string, res *response) error {
	body, _ := io.ReadAll(io.LimitReader(res.Body, maxBody))
	return &fetch.StatusError{URL: to, Status: res.StatusCode, Body: string(body), Advice: advice(to, res.StatusCode, res.Header)}
}

// forges are the hosts for whose private repositories there are access tokens.
var forges = map[string]string{
	"github.com": "github.com", "api.github.com": "github.com", "codeload.github.com": "github.com",
	"gitlab.com": "gitlab.com", "git.sr.ht": "git.sr.ht",
}

// advice returns a sentence on what to do about a status; "" if there is nothing to say.
func advice(to string, status int, h http.Header) string {
	u, err := url.Parse(to)
	if err != nil {
		return ""
	}
	forge := forges[u.Hostname()]
	api := strings.Contains(u.Path, "/api/v3/") || strings.Contains(u.Path, "/api/v4/")
	if forge == "" && api {
		forge = u.Hostname()
	}
	token := func(text string) string {
		return text + " (setting: access-tokens = " + forge + "=TOKEN)"
	}
	switch {
	case (status == http.StatusForbidden || status == http.StatusTooManyRequests) && isLimit(h):
		text := "the server answers no more requests of this machine for now"
		if at, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64); err == nil {
			text = "the server answers no more requests of this machine before " + time.Unix(at, 0).UTC().Format("15:04 UTC")
		}
		if forge != "" {
			return token(text + "; an access token raises the limit")
		}
		return text
	case status == http.StatusNotFound && forge != "":
		return token("no such repository, branch or revision; if it is private, an access token is needed")
	case status == http.StatusUnprocessableEntity && forge != "":
		return "no such branch, tag or revision"
	case status == http.StatusNotFound || status == http.StatusGone:
		return "there is nothing at this URL"
	case status == http.StatusUnauthorized && forge != "":
		return token("the access token is missing or not valid")
	case status == http.StatusUnauthorized:
		return "the server wants a password (setting: netrc-file)"
	case status == http.StatusForbidden && forge != "":
		return token("the server refuses this; an access token may help")
	case status == http.StatusProxyAuthRequired:
		return "the proxy wants a password (in https_proxy)"
	}
	return ""
}

// connectError returns the error for a request that had no answer.
func connectError(to string, err error) error {
	var u *url.Error
	if errors.As(err, &u) { // which repeats the URL
		err = u.Err
	}
	host := to
	if parsed, perr := url.Parse(to); perr == nil {
		host = parsed.Host
	}
	var dns *net.DNSError
	var op *net.OpError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.Is(err, errStalled), errors.Is(err, errRedirects):
	case errors.As(err, &dns):
		if dns.IsNotFound {
			err = fmt.Errorf("there is no host '%s', or this machine is offline", dns.Name)
		} else {
			err = fmt.Errorf("the host '%s' cannot be looked up (%s); is this machine offline?", dns.Name, dns.Err)
		}
	case errors.As(err, &cert):
		err = fmt.Errorf("the certificate of '%s' is not trusted (setting: ssl-cert-file): %w", host, cert.Err)
	case errors.As(err, &op) && op.Op == "dial":
		err = fmt.Errorf("cannot connect to '%s': %w", host, op.Err)
	}
	return &fetch.OfflineError{URL: to, Err: err}
}
