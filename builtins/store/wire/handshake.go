package wire

// This file defines how connections begin.

import "fmt"

// A Hello is what both sides know once a connection has begun.
type Hello struct {
	Version Version // that is spoken: the smaller one of both sides
	Daemon  string  // version of the daemon's program; "" before 1.33
	Trust   Trust   // TrustUnknown before 1.35
}

// A VersionError says that there is no version that both sides speak.
type VersionError struct {
	Peer   Version
	Oldest Version
}

func (e *VersionError) Error() string {
	return fmt.Sprintf("the other side speaks version %s of the protocol, and at least %s is needed", e.Peer, e.Oldest)
}

// agree sets the version that both sides speak.
func agree(r *Reader, w *Writer, peer, newest, oldest Version) Version {
	if r.err != nil {
		return 0
	}
	if peer.Major() != newest.Major() || peer < oldest {
		r.Fail(&VersionError{peer, oldest})
		return 0
	}
	r.Version = min(peer, newest)
	w.Version = r.Version
	return r.Version
}

// version reads a version.
func (r *Reader) version() Version { return Version(r.Upto(1<<16-1, "version of the protocol")) }

// Client begins a connection with a daemon, of which newest is the newest version
// that is spoken. Messages up to the answer follow.
func Client(r *Reader, w *Writer, newest Version) (Hello, error) {
	var h Hello
	r.Begin()
	w.Uint64(ClientMagic)
	w.Uint64(uint64(newest))
	if err := w.Flush(); err != nil {
		return h, err
	}
	if magic := r.Uint64(); r.err == nil && magic != DaemonMagic {
		r.failf("protocol mismatch: there is no Nix daemon at the other side")
	}
	h.Version = agree(r, w, r.version(), newest, Oldest)
	if r.err != nil {
		return h, r.err
	}
	if h.Version >= V(1, 38) {
		w.Strings(nil) // features
		if err := w.Flush(); err != nil {
			return h, err
		}
		_ = r.Strings()
	}
	w.Uint64(0) // no processor to run on
	w.Uint64(0) // no space to keep free
	if err := w.Flush(); err != nil {
		return h, err
	}
	if h.Version >= V(1, 33) {
		h.Daemon = r.String()
	}
	if h.Version >= V(1, 35) {
		h.Trust = Trust(r.Upto(uint64(NotTrusted), "trust"))
	}
	return h, r.err
}

// Daemon begins a connection with a client that is trusted or not. The caller
// sends what there is to say, and Last.
func Daemon(r *Reader, w *Writer, trust Trust) (Hello, error) {
	h := Hello{Daemon: NixVersion, Trust: trust}
	r.Begin()
	if magic := r.Uint64(); r.err == nil && magic != ClientMagic {
		r.failf("protocol mismatch")
	}
	if r.err != nil {
		return h, r.err
	}
	w.Uint64(DaemonMagic)
	w.Uint64(uint64(Newest))
	if err := w.Flush(); err != nil {
		return h, err
	}
	h.Version = agree(r, w, r.version(), Newest, Oldest)
	if h.Version >= V(1, 38) {
		_ = r.Strings() // features, of which none is known
		w.Strings(nil)
		if err := w.Flush(); err != nil {
			return h, err
		}
	}
	if r.Bool() { // whether a processor to run on follows
		_ = r.Uint64()
	}
	_ = r.Bool() // whether to keep space free
	if h.Version >= V(1, 33) {
		w.String(h.Daemon)
	}
	if h.Version >= V(1, 35) {
		w.Uint64(uint64(trust))
	}
	return h, r.err
}

// ServeClient begins a connection with nix-store --serve.
func ServeClient(r *Reader, w *Writer) (Version, error) {
	r.Begin()
	w.Uint64(ServeClientMagic)
	w.Uint64(uint64(Serve))
	if err := w.Flush(); err != nil {
		return 0, err
	}
	if magic := r.Uint64(); r.err == nil && magic != ServeMagic {
		r.failf("protocol mismatch: there is no 'nix-store --serve' at the other side")
	}
	v := agree(r, w, r.version(), Serve, V(2, 1))
	return v, r.err
}

// Server begins a connection as nix-store --serve does.
func Server(r *Reader, w *Writer) (Version, error) {
	r.Begin()
	if magic := r.Uint64(); r.err == nil && magic != ServeClientMagic {
		r.failf("protocol mismatch")
	}
	if r.err != nil {
		return 0, r.err
	}
	w.Uint64(ServeMagic)
	w.Uint64(uint64(Serve))
	if err := w.Flush(); err != nil {
		return 0, err
	}
	v := agree(r, w, r.version(), Serve, V(2, 1))
	return v, r.err
}
