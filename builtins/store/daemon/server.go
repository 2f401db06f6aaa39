package daemon

// This file defines the server: how connections are accepted, begun and ended.

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// ServerOptions say how a store is served. The zero value trusts nobody.
type ServerOptions struct {
	// Trust decides about a connection, of which Serve's are syscall.Conn; nil trusts
	// none. An error ends the connection.
	Trust func(conn io.ReadWriteCloser) (bool, error)
	// Session, if not nil, returns what one connection works with: a store whose
	// temporary roots last as long as the connection, and the settings of the client.
	Session func(ctx context.Context, to Client) (*Session, error)
	// Keys are those whose signatures make the objects of clients that are not
	// trusted acceptable. Content-addressed objects need none.
	Keys signature.Keys
	// Unsigned says that all objects are acceptable.
	Unsigned bool
	// Substituter has what clients need and the store has not; nil: they have to do
	// without.
	Substituter store.Substituter
	// Substituters are those that clients may choose who are not trusted, by their
	// references.
	Substituters []string
	// AddLog keeps the log of building a derivation, for clients that are trusted; nil: no
	// logs are kept.
	AddLog func(ctx context.Context, drvPath string, log io.Reader) error
	// Stall is how long a client may neither go on with a message nor take what it
	// is sent; 0 is ten minutes. Between messages a client may wait for ever.
	Stall time.Duration
	// MaxConnections is how many clients are served at once; 0 is 1,000.
	MaxConnections int
	// Log, if not nil, is told why connections have ended with an error.
	Log func(error)
}

// A Client is the client of a connection.
type Client struct {
	Trusted bool
	Tell    func(wire.Message) // sends a message; for several goroutines
}

// A Session is what a connection works with. All fields but Store may be nil.
type Session struct {
	Store store.Store
	Close func() // ends the session
	// Configure is handed the settings of the client, without those that it may not
	// change.
	Configure func(wire.Settings) error
	// Substituter returns what the settings say, in place of the server's.
	Substituter func(context.Context) store.Substituter
	// Realise makes targets valid, in place of the store's builder. failed is an error
	// about all targets that could not be made valid; the results tell of each.
	Realise func(ctx context.Context, targets []store.Target, mode wire.BuildMode) (results []wire.BuildResult, failed, err error)
}

const (
	defaultStall       = 10 * time.Minute
	defaultConnections = 1000
	handshakeTime      = 30 * time.Second // for the first messages of a client
)

// Serve serves a store to all who connect with l, until ctx is done or l fails. It
// closes l, and returns when all connections have ended.
func Serve(ctx context.Context, l net.Listener, s store.Store, o ServerOptions) error {
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel()
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	most := o.MaxConnections
	if most <= 0 {
		most = defaultConnections
	}
	room := make(chan struct{}, most)
	for wait := time.Duration(0); ; {
		conn, err := l.Accept()
		switch {
		case ctx.Err() != nil:
			if err == nil {
				conn.Close()
			}
			return context.Cause(ctx)
		case err != nil && !isTemporary(err):
			l.Close()
			return err
		case err != nil: // too many open files, for instance
			wait = min(max(2*wait, 5*time.Millisecond), time.Second)
			time.Sleep(wait)
			continue
		}
		wait = 0
		select {
		case room <- struct{}{}:
		case <-ctx.Done():
			conn.Close()
			return context.Cause(ctx)
		}
		all.Go(func() {
			defer func() { <-room }()
			rwc, err := newSocket(conn)
			if err == nil {
				err = ServeConn(ctx, rwc, s, o)
			}
			if err != nil && o.Log != nil && ctx.Err() == nil {
				o.Log(err)
			}
		})
	}
}

// isTemporary reports whether accepting can succeed later.
func isTemporary(err error) bool {
	var t interface{ Temporary() bool }
	return errors.As(err, &t) && t.Temporary()
}

// ServeConn serves a store to one client, until it leaves or ctx is done, and
// closes conn. That the client leaves between two messages is no error.
func ServeConn(ctx context.Context, conn io.ReadWriteCloser, s store.Store, o ServerOptions) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	closeOnce := sync.OnceFunc(func() { conn.Close() })
	defer closeOnce()
	stop := context.AfterFunc(ctx, closeOnce)
	defer stop()
	if o.Stall <= 0 {
		o.Stall = defaultStall
	}
	p := &peer{conn: conn, limit: min(handshakeTime, o.Stall), hangUp: closeOnce}
	p.cond.L = &p.mu
	p.alarm = newAlarm(p.stalled)
	defer p.alarm.stop()
	c := &session{peer: p, store: s, options: o, own: &Session{Store: s}}
	c.r = wire.NewReader(reading{c}, s.Dir(), serverLimit)
	c.w = wire.NewWriter(writing{p})
	var err error
	if o.Trust != nil {
		if c.trusted, err = o.Trust(conn); err != nil {
			return err
		}
	}
	c.watch = newAlarm(c.look)
	defer c.watch.stop()
	err = c.begin(ctx)
	if err == nil {
		p.limit = o.Stall
		err = c.loop(ctx, cancel)
	}
	if p.wasStalled() {
		err = errStalled
	}
	return err
}

// errStalled is the error of a connection whose client did not go on.
var errStalled = errors.New("the client stopped in the middle of a message")

// A session is a connection, as a server sees it.
type session struct {
	peer    *peer
	r       *wire.Reader
	store   store.Store
	own     *Session // that was begun for the connection; without functions if there is none
	options ServerOptions
	trusted bool
	keep    store.Collection // what the client's settings say of garbage
	alone   bool             // the client wants nothing from elsewhere

	mu sync.Mutex // of w, for log lines come from all goroutines
	w  *wire.Writer

	working context.CancelFunc // of the operation
	watch   *alarm             // calls look while an operation takes long
}

// begin does what is before the first operation.
func (c *session) begin(ctx context.Context) error {
	trust := wire.NotTrusted
	if c.trusted {
		trust = wire.Trusted
	}
	c.peer.arm(true)
	if _, err := wire.Daemon(c.r, c.w, trust); err != nil {
		return err
	}
	c.w.Message(wire.Message{Kind: wire.Last})
	return c.flush()
}

// flush sends what is in the buffer.
func (c *session) flush() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.w.Flush()
}

// log sends the client a line of the log.
func (c *session) log(line string) {
	c.tell(wire.Message{Kind: wire.Text, Text: line + "\n"})
}

// tell sends the client a message about what is being done.
func (c *session) tell(m wire.Message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.w.Message(m)
	if c.w.Flush() != nil && c.working != nil {
		c.working() // the client has left
	}
}

// loop serves operations until the client leaves.
func (c *session) loop(ctx context.Context, cancel context.CancelFunc) error {
	if session := c.options.Session; session != nil {
		own, err := session(ctx, Client{Trusted: c.trusted, Tell: c.tell})
		if err != nil {
			c.fail(err)
			return errors.Join(err, c.flush())
		}
		if own.Close != nil {
			defer own.Close()
		}
		c.own, c.store = own, own.Store
	}
	c.working = cancel
	for {
		c.peer.arm(false)
		if c.r.AtEnd() {
			return errors.Join(c.r.Err(), c.flush())
		}
		c.peer.arm(true)
		c.r.Begin()
		op := wire.Op(c.r.Uint64())
		if c.r.Err() != nil {
			return c.r.Err()
		}
		if err := c.serve(ctx, op); err != nil {
			return err
		}
	}
}

// serve serves one operation. Its error ends the connection.
func (c *session) serve(ctx context.Context, op wire.Op) error {
	h := handlers[op]
	if h == nil {
		// What belongs to the operation is not known, and so not where the next one begins.
		c.r.Fail(&wire.FormatError{Msg: "invalid operation " + itoa(uint64(op))})
	}
	var reply func() error
	var err error
	if h != nil {
		reply, err = h(c, ctx)
		c.watch.clear()
	}
	if broken := c.r.Err(); broken != nil {
		// As the reference does: the error of the operation, and that of the connection.
		c.fail(broken)
		c.fail(broken)
		return errors.Join(broken, c.flush())
	}
	switch {
	case err == errTold:
		return nil
	case err != nil:
		c.fail(err)
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.w.Message(wire.Message{Kind: wire.Last})
	if reply != nil {
		return reply()
	}
	return nil
}

// fail sends an error.
func (c *session) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.w.Message(wire.Message{Kind: wire.Failed, Err: remote(err)})
}

// ready is called by operations that have read their arguments, and returns an
// error if they could not. From now on it is the server's turn.
func (c *session) ready() error {
	if err := c.r.Err(); err != nil {
		return err
	}
	c.watch.set(watchAfter)
	return nil
}

// watchAfter is when a server begins to look whether the client of an operation
// that takes long has left. Short operations do not pay for it.
const watchAfter = time.Second

// look ends the operation once the client leaves.
func (c *session) look() {
	if c.peer.watch(c.working) {
		return
	}
	c.watch.set(watchAfter)
}
