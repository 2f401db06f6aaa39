// Package serving is firn daemon, and nix-daemon, which is a link to firn.
//
//	Main   the command line of nix-daemon
//	Run    the daemon;  Serve  the same, of a program that has read its settings
//
// Each connection has a store of its own, with temporary roots of its own, which are
// gone when it ends. Settings say who may connect (allowed-users), who is trusted
// (trusted-users), and which signatures those need who are not.
package serving

// This file defines Main and Run.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// Options say what a daemon serves, and where.
type Options struct {
	Stdio  bool   // serve the input and output of this process, and end with them
	Socket string // to listen at; "" is the one of the environment
	// Trust, if not nil, says for all who connect whether they are trusted.
	Trust *bool
}

const help = `nix-daemon, the one of firn: lets others work with the store of this machine.
`

// Main is nix-daemon with arguments. It returns the exit status.
func Main(args []string, s *setup.Streams) int {
	p := dropin.New("nix-daemon", s)
	return p.End(run(p, args))
}

// run reads the command line of nix-daemon, and does what it asks for.
func run(p *dropin.Program, args []string) error {
	if err := p.Set.Load(); err != nil {
		return err
	}
	var o Options
	show, override := false, false
	trust := func(on *bool) func([]string) error {
		return func([]string) error { o.Trust, override = on, true; return nil }
	}
	own := []dropin.Flag{
		{Name: "daemon", Help: "Nothing: it always is one.", Apply: dropin.Nothing},
		{Name: "stdio", Help: "Serve standard input and output, and end with them.", Apply: dropin.On(&o.Stdio)},
		{Name: "socket", Args: "path", Help: "Listen at this socket.", Apply: dropin.To(&o.Socket)},
		{Name: "force-trusted", Help: "Trust all who connect.", Apply: trust(new(true))},
		{Name: "force-untrusted", Help: "Trust nobody.", Apply: trust(new(false))},
		{Name: "default-trust", Help: "Trust those whom the settings say.", Apply: trust(nil)},
	}
	flag := func(args []string) ([]string, bool, error) {
		switch args[0] {
		case "--help":
			show = true
			return nil, true, nil
		case "--version":
			return nil, true, p.PrintVersion()
		}
		return p.Take(args, own, p.CommonFlags(), p.BuildFlags())
	}
	if err := dropin.Parse(args, flag, func(args []string) ([]string, bool, error) { return args, false, nil }); err != nil {
		return err
	}
	if show {
		fmt.Fprint(p.Text, help)
		return dropin.PrintFlags(p.Text, dropin.Section{Title: "Flags", Flags: own}, dropin.Section{Title: "Messages and settings", Flags: p.CommonFlags()})
	}
	if err := p.Finish(); err != nil {
		return err
	}
	if override {
		if err := p.Set.RequireFeature("daemon-trust-override"); err != nil {
			return err
		}
	}
	return Serve(o, p)
}

// Run serves the store of the settings until a signal ends it, or its one client
// leaves.
func Run(o Options, s *setup.Streams) error {
	p := dropin.New("firn", s)
	if err := p.Set.Load(); err != nil {
		return err
	}
	if err := p.Finish(); err != nil {
		return err
	}
	return Serve(o, p)
}

// Serve is Run with a program whose settings have been read.
func Serve(o Options, p *dropin.Program) error {
	ctx, stop := signal.NotifyContext(context.Background(), setup.EndSignals()...)
	defer stop()
	so := daemon.ServerOptions{
		Trust:        newGate(p.Set, func(text string) { p.Log.Say(dropin.Info, text) }).admit,
		Substituters: append(p.Set.Strings("substituters"), p.Set.Strings("trusted-substituters")...),
		Unsigned:     !p.Set.Bool("require-sigs"),
		Log:          func(err error) { p.Log.Say(dropin.Error, "error processing connection: "+err.Error()) },
	}
	var err error
	if so.Keys, err = signature.ParseKeys(p.Set.Strings("trusted-public-keys")...); err != nil {
		return err
	}
	trusted := o.Trust
	if o.Stdio && trusted == nil {
		trusted = new(true) // it has the rights of this process already
	}
	if trusted != nil {
		so.Trust = func(io.ReadWriteCloser) (bool, error) { return *trusted, nil }
	}
	// A store that cannot be opened is an error now, and not of the first client.
	served, end, err := open(ctx, p)
	if err != nil {
		return err
	}
	defer end()
	elsewhere := stores.New(p.Streams, p.Set, func(text string) { p.Log.Say(dropin.Info, text) }, p.Log.Warn)
	defer elsewhere.Close()
	if onDisk, ok := served.(*local.Store); ok {
		so.AddLog = onDisk.Logs().AddLog
	}
	so.Substituter = elsewhere.Substituter(ctx, served, so.Keys)
	so.Session = func(ctx context.Context, to daemon.Client) (*daemon.Session, error) {
		return begin(ctx, p, so.Substituter, to)
	}
	if o.Stdio {
		err = daemon.ServeConn(ctx, stdio{p.In, p.Out}, served, so)
	} else {
		err = o.listen(ctx, p, served, so)
	}
	if ctx.Err() != nil { // a signal, which ends daemons as a rule
		return nil
	}
	return err
}

// listen serves all who connect.
func (o *Options) listen(ctx context.Context, p *dropin.Program, served store.Store, so daemon.ServerOptions) error {
	l, err := activated(p.Getenv)
	if l == nil && err == nil {
		path := o.Socket
		if path == "" {
			path = daemon.SocketPath(p.Getenv)
		}
		l, err = listen(path)
	}
	if err != nil {
		return err
	}
	return daemon.Serve(ctx, l, served, so)
}

// open opens the store of the settings. The caller must call the function that is
// returned.
func open(ctx context.Context, p *dropin.Program) (store.Store, func(), error) {
	say := func(text string) { p.Log.Say(dropin.Info, text) }
	opened := stores.New(p.Streams, p.Set, say, p.Log.Warn)
	s, err := opened.Open(ctx, served(p))
	if err != nil {
		return nil, nil, errors.Join(err, opened.Close())
	}
	return s, func() {
		if err := opened.Close(); err != nil {
			p.Log.Say(dropin.Error, "error: "+err.Error())
		}
	}, nil
}

// stdio is the connection of a process that serves its input and output.
type stdio struct {
	io.Reader
	io.Writer
}

// Close closes the input, so that reading ends.
func (c stdio) Close() error {
	if in, ok := c.Reader.(io.Closer); ok {
		return in.Close()
	}
	return nil
}
