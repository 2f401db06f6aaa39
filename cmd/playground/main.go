//go:build !js

// Playground serves a page in which one types a Nix expression and sees its value.
// The browser evaluates it, with firn compiled to WebAssembly; the server sends
// files and no more.
//
//	playground [--addr localhost:8080]   serve the page
//	playground --out DIR                 write it into a folder, for any web server
//
// Firn is compiled when this starts: that takes the go command, and the source.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"
)

// cli is the command line.
type cli struct {
	Addr string `default:"localhost:8080" help:"Where to serve the page."`
	Out  string `placeholder:"DIR" help:"Write the files of the page to DIR instead."`
	Wasm string `placeholder:"FILE" help:"Use FILE, compiled before by the same go command, for firn.wasm."`
}

func main() {
	var c cli
	kong.Parse(&c, kong.Name("playground"), kong.Description("A page that evaluates Nix."), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := c.run(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "playground: %s\n", err)
		os.Exit(1)
	}
}

func (c *cli) run(ctx context.Context) error {
	files, err := c.files(ctx)
	if err != nil {
		return err
	}
	if c.Out != "" {
		return files.write(c.Out)
	}
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", l.Addr())
	server := &http.Server{Handler: files, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// files returns what the page consists of.
func (c *cli) files(ctx context.Context) (site, error) {
	name := c.Wasm
	if name == "" {
		dir, err := os.MkdirTemp("", "playground")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		name = filepath.Join(dir, "firn.wasm")
		if err := compile(ctx, name); err != nil {
			return nil, err
		}
	}
	wasm, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return newSite(ctx, wasm)
}
