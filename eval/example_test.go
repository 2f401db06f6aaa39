package eval_test

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing/fstest"
	"time"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/profile"
	"github.com/firn-lang/firn/eval/world"
)

// Evaluate a program to JSON.
func Example() {
	ctx := context.Background()
	ev, err := eval.New(eval.Options{})
	if err != nil {
		log.Fatal(err)
	}
	v, err := ev.EvalString(ctx, `{ name = "web"; ports = map (n: 8000 + n) [ 1 2 3 ]; }`)
	if err != nil {
		log.Fatal(err)
	}
	text, err := v.JSON(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text))
	// Output: {"name":"web","ports":[8001,8002,8003]}
}

// Decode a configuration into a struct. Only what has a field is evaluated.
func ExampleDecode() {
	type Config struct {
		HostName string
		Timeout  time.Duration
		Services map[string]struct {
			Port   uint16 `nix:"port,required"`
			Public bool
		}
	}
	ctx := context.Background()
	ev, _ := eval.New(eval.Options{})
	v, err := ev.EvalString(ctx, `
		let service = port: { inherit port; public = port == 80; };
		in {
		  hostName = "cellar";
		  timeout = "1m30s";
		  services = { web = service 80; admin = service 8080; };
		  expensive = throw "is not evaluated";
		}`)
	if err != nil {
		log.Fatal(err)
	}
	config := Config{HostName: "localhost"} // what is not in the file stays as it is
	if err := eval.Decode(ctx, v, &config); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s %v %+v\n", config.HostName, config.Timeout, config.Services)

	v, _ = ev.EvalString(ctx, `{ services.web.port = "eighty"; }`)
	fmt.Println(eval.Decode(ctx, v, &config))
	// Output:
	// cellar 1m30s map[admin:{Port:8080 Public:false} web:{Port:80 Public:true}]
	// services.web.port: expected an integer for a Go uint16, but found a string: "eighty" («string»:1:3)
}

// Write a value as YAML, TOML, environment variables and so on. The last one goes on
// after errors.
func ExampleValue_Format() {
	ctx := context.Background()
	ev, _ := eval.New(eval.Options{})
	v, err := ev.EvalString(ctx, `{ name = "web"; ports = map (n: 8000 + n) [ 1 2 ]; greeting = "it's up"; }`)
	if err != nil {
		log.Fatal(err)
	}
	if err := v.Format(ctx, os.Stdout, eval.FormatOptions{Form: eval.FormYAML}); err != nil {
		log.Fatal(err)
	}

	env, _ := ev.EvalString(ctx, `{ NAME = "web"; GREETING = "it is up"; PORTS = [ 1 2 ]; }`)
	err = env.Format(ctx, os.Stdout, eval.FormatOptions{Form: eval.FormEnv})
	fmt.Println(err)

	v, _ = ev.EvalString(ctx, `{ a = 1; b = [ 2 (throw "oops") ]; }`)
	_ = v.Format(ctx, os.Stdout, eval.FormatOptions{OnError: func(e *eval.FormatError) error {
		fmt.Println("failed:", e)
		return nil
	}})
	// Output:
	// greeting: "it's up"
	// name: web
	// ports:
	//   - 8001
	//   - 8002
	// at .PORTS: an environment variable cannot be a list; to put it into one string, use builtins.toJSON or lib.concatStringsSep
	// failed: at .b.1: oops
	// { a = 1; b = [ 2 «error: oops» ]; }
}

// Let programs call functions of Go.
func ExampleFunc() {
	rates := map[string]float64{"eur": 1, "chf": 0.95}
	ev, err := eval.New(eval.Options{Functions: []eval.Function{
		// By reflection: anything that can be decoded and encoded.
		eval.Func("join", strings.Join, "parts", "separator"),
		// Without reflection, and with a context.
		eval.Func1("rate", func(ctx context.Context, currency string) (float64, error) {
			rate, ok := rates[currency]
			if !ok {
				return 0, eval.Catchable(fmt.Errorf("there is no %s", currency))
			}
			return rate, nil
		}, "currency"),
	}})
	if err != nil {
		log.Fatal(err)
	}
	v, err := ev.EvalString(context.Background(), `{
		price = 100 * builtins.rate "chf";
		list = builtins.join [ "a" "b" ] ", ";
		unknown = (builtins.tryEval (builtins.rate "xyz")).success;
	}`)
	if err != nil {
		log.Fatal(err)
	}
	text, _ := json.Marshal(v)
	fmt.Println(string(text))
	// Output: {"list":"a, b","price":95.0,"unknown":false}
}

// Evaluate programs of strangers, with limits.
func ExampleWithLimits() {
	ev, _ := eval.New(eval.Options{}) // no files, no environment, no network
	ctx := eval.WithLimits(context.Background(), eval.Limits{
		Steps: 1_000_000, Memory: 16 << 20, Time: time.Minute, CallDepth: 1000,
	})
	for _, program := range []string{
		`let f = n: if n == 0 then 0 else f (n - 1); in f 5000`,
		`let x = { inherit x; }; in builtins.length (builtins.genList (i: i) 1000000000)`,
		`builtins.foldl' (a: b: builtins.foldl' (c: d: c + d) 0 (builtins.genList (i: i) 10000)) 0 (builtins.genList (i: i) 10000)`,
		`builtins.readFile /etc/passwd`,
		`1 + 1`,
	} {
		v, err := ev.EvalString(ctx, program)
		var e *eval.Error
		switch {
		case errors.As(err, &e) && e.Limit != "":
			fmt.Println("limit:", e.Limit)
		case err != nil:
			fmt.Println("error:", err)
		default:
			fmt.Println("value:", v)
		}
	}
	// Output:
	// limit: call depth
	// limit: memory
	// limit: steps
	// error: path '/etc/passwd' does not exist
	// value: 2
}

// Give programs files that are not on a disk.
func ExampleOverlay() {
	defaults := fstest.MapFS{ // mostly an embed.FS
		"main.nix":     {Data: []byte(`{ greeting = import ./greeting.nix; motd = builtins.readFile ./motd; }`)},
		"greeting.nix": {Data: []byte(`"hello"`)},
		"motd":         {Data: []byte("welcome")},
	}
	changes := fstest.MapFS{"greeting.nix": {Data: []byte(`"good morning"`)}}
	ev, _ := eval.New(eval.Options{FS: eval.Overlay(changes, defaults), Record: true})
	v, err := ev.EvalFile(context.Background(), "/main.nix")
	if err != nil {
		log.Fatal(err)
	}
	text, _ := json.Marshal(v)
	fmt.Println(string(text))
	for _, r := range ev.Reads() {
		if r.Kind == eval.ReadFile {
			fmt.Println(r.Name, r.Hash[:8])
		}
	}
	// Output:
	// {"greeting":"good morning","motd":"welcome"}
	// /greeting.nix 8f9e471f
	// /main.nix b5aad960
	// /motd 280d44ab
}

// Give programs the files of the machine, of which they see a folder.
func ExampleOS() {
	dir, err := os.MkdirTemp("", "config")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "port.nix"), []byte("8000 + 80"), 0o666); err != nil {
		log.Fatal(err)
	}
	folder := world.FromOSPath(dir)
	ev, err := eval.New(eval.Options{Host: eval.OS(), Allowed: []string{folder}})
	if err != nil {
		log.Fatal(err)
	}
	port, err := ev.EvalFile(context.Background(), folder+"/port.nix")
	fmt.Println(port, err)
	_, err = ev.EvalString(context.Background(), "builtins.readFile /etc/hostname")
	fmt.Println(err)
	// Output:
	// 8080 <nil>
	// access to absolute path '/etc/hostname' is forbidden by the program that evaluates it
}

//go:embed testdata/example
var configFiles embed.FS

// Evaluate a file of an embed.FS.
func ExampleEvaluator_EvalFS() {
	ctx := context.Background()
	ev, _ := eval.New(eval.Options{})
	v, err := ev.EvalFS(ctx, configFiles, "testdata/example/main.nix")
	if err != nil {
		log.Fatal(err)
	}
	price, err := v.Select(ctx, "prices.melon")
	fmt.Println(price, err)
	// Output: 250 <nil>
}

// Parse once, and evaluate with many inputs, on many goroutines.
func ExampleProgram() {
	ctx := context.Background()
	ev, _ := eval.New(eval.Options{})
	program, err := ev.Compile(ctx, "price.nix", `if count >= 10 then count * price * 0.9 else count * price`, "count", "price")
	if err != nil {
		log.Fatal(err)
	}
	totals := make([]float64, 20)
	var wg sync.WaitGroup
	for i := range totals {
		wg.Go(func() {
			v, err := program.Run(ctx, map[string]any{"count": i, "price": 2})
			if err != nil {
				log.Fatal(err)
			}
			totals[i], _ = v.Float()
		})
	}
	wg.Wait()
	fmt.Println(totals[5], totals[19])
	// Output: 10 34.2
}

// Give programs a function whose results are good for one evaluation only.
func ExampleFunction_Transient() {
	type key struct{}
	user := eval.Func1("user", func(ctx context.Context, field string) (string, error) {
		return field + " of " + ctx.Value(key{}).(string), nil
	}, "field").Transient()
	ev, _ := eval.New(eval.Options{
		FS:        fstest.MapFS{"greeting.nix": {Data: []byte(`"hello, ${builtins.user "name"}"`)}},
		Functions: []eval.Function{user},
	})
	for _, name := range []string{"alice", "bob"} {
		// The file is shared by both, its value is not.
		v, err := ev.EvalFile(context.WithValue(context.Background(), key{}, name), "/greeting.nix")
		fmt.Println(v, err)
	}
	// Output:
	// "hello, name of alice" <nil>
	// "hello, name of bob" <nil>
}

// Report all that is wrong with a configuration.
func ExampleDecoder_all() {
	ctx := context.Background()
	ev, _ := eval.New(eval.Options{})
	v, err := ev.EvalString(ctx, `{ prot = 80; hosts = [ "a" 2 ]; }`)
	if err != nil {
		log.Fatal(err)
	}
	var config struct {
		Port  uint16
		Hosts []string
	}
	decoder := eval.Decoder{Strict: true, All: true}
	err = decoder.Decode(ctx, v, &config)
	fmt.Println(err)
	// Output:
	// hosts.1: expected a string for a Go string, but found an integer: 2 («string»:1:14)
	// prot: there is no field for it in the Go type struct { Port uint16; Hosts []string }; did you mean 'port'? («string»:1:3)
}

// Know what one evaluation costs, among others of the same evaluator.
func ExampleWithMeter() {
	ev, _ := eval.New(eval.Options{})
	var meter eval.Meter
	ctx := eval.WithMeter(context.Background(), &meter)
	v, err := ev.EvalString(ctx, "builtins.foldl' (a: b: a + b) 0 (builtins.genList (i: i) 1000)")
	fmt.Println(v, err, meter.Cost().Steps > 1000)
	// Output: 499500 <nil> true
}

// Know what one evaluation has read.
func ExampleWithReads() {
	files := fstest.MapFS{"a.nix": {Data: []byte("import ./b.nix + 1")}, "b.nix": {Data: []byte("1")}}
	ev, _ := eval.New(eval.Options{FS: files, Record: true})
	var reads eval.ReadLog
	v, err := ev.EvalFile(eval.WithReads(context.Background(), &reads), "/a.nix")
	fmt.Println(v, err)
	for _, r := range reads.Reads() {
		fmt.Println(r.Kind, r.Name)
	}
	// Output:
	// 2 <nil>
	// file /a.nix
	// stat /a.nix
	// file /b.nix
	// stat /b.nix
}

// Look at a derivation, and at what it needs.
func ExampleEvaluator_Derivation() {
	ctx := context.Background()
	ev, _ := eval.New(eval.Options{Store: eval.Memory(""), System: "x86_64-linux"})
	v, err := ev.EvalString(ctx, `
		let
		  make = name: attrs: derivation ({ inherit name; system = builtins.currentSystem; builder = "/bin/sh"; } // attrs);
		  library = make "library" { };
		in make "program" { inherit library; script = builtins.toFile "build.sh" "cc main.c"; }`)
	if err != nil {
		log.Fatal(err)
	}
	path, err := v.Select(ctx, "drvPath")
	if err != nil {
		log.Fatal(err)
	}
	drvPath, _ := path.Text()
	d, err := ev.Derivation(drvPath)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Name, d.System)
	for _, in := range d.InputDrvs {
		fmt.Println("needs", in.Drv, in.Outputs)
	}
	for _, src := range d.InputSrcs {
		fmt.Println("needs", src)
	}
	out, _ := v.Select(ctx, "outPath")
	for _, elem := range out.Context() {
		fmt.Println("out is", elem.Output, "of", elem.Path == drvPath)
	}
	// Output:
	// program x86_64-linux
	// needs /nix/store/42n24k2r0bhaw665rlbl2pxcmas3bfsq-library.drv [out]
	// needs /nix/store/xxwlkw4k6pf0ax8l4xipipmrj6p3a3r4-build.sh
	// out is out of true
}

// Find out what went wrong, and where.
func ExampleError() {
	ctx := context.Background()
	ev, _ := eval.New(eval.Options{FS: fstest.MapFS{
		"machine.nix": {Data: []byte("let\n  port = service: service.prot;\nin {\n  http = port { port = 80; };\n}\n")},
	}})
	v, err := ev.EvalFile(ctx, "/machine.nix")
	if err != nil {
		log.Fatal(err)
	}
	_, err = v.Select(ctx, "http")
	var e *eval.Error
	if errors.As(err, &e) {
		fmt.Println(e.Kind == eval.ErrEval, e.Position(), e.Suggestions)
		fmt.Println(e.Msg)
		fmt.Print(e.Render(eval.RenderOptions{}))
	}
	// Output:
	// true /machine.nix:2:19 [port]
	// attribute 'prot' missing
	// error: attribute 'prot' missing
	//        at /machine.nix:2:19:
	//             1| let
	//             2|   port = service: service.prot;
	//              |                   ^
	//             3| in {
	//        Did you mean port?
}

// Find out which functions of a program cost most.
func Example_profile() {
	ctx := context.Background()
	p := profile.New(profile.Options{})
	ev, err := eval.New(eval.Options{Profile: p})
	if err != nil {
		log.Fatal(err)
	}
	v, err := ev.EvalString(ctx, `
	  let fib = n: if n < 2 then n else fib (n - 1) + fib (n - 2);
	  in builtins.map fib [ 5 10 ]`)
	if err == nil {
		err = v.DeepForce(ctx)
	}
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range p.Functions() {
		if f.Def.Line > 0 {
			fmt.Println(f.Name, "was called", f.Calls, "times")
		}
	}
	// Output: fib «string»:2 was called 192 times
}

// A server that evaluates for its clients, for weeks.
func Example_server() {
	ev, err := eval.New(eval.Options{
		Limits: eval.Limits{Steps: 10_000_000, Memory: 64 << 20, Time: time.Second},
		Heap:   1 << 30,
	})
	if err != nil {
		log.Fatal(err)
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A client that goes away ends its evaluation: its context is done.
		v, err := ev.EvalString(r.Context(), r.FormValue("program"))
		var text []byte
		if err == nil {
			text, err = v.JSON(r.Context())
		}
		var e *eval.Error
		switch {
		case errors.As(err, &e) && e.Kind == eval.ErrLimit:
			http.Error(w, e.Msg, http.StatusTooManyRequests)
		case errors.As(err, &e):
			http.Error(w, e.Render(eval.RenderOptions{}), http.StatusBadRequest)
		case err != nil:
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		default:
			w.Write(text)
		}
	})
	for _, program := range []string{"{ a = 1 + 2; }", "{ a = 1 + ; }"} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("POST", "/?program="+url.QueryEscape(program), nil))
		fmt.Println(w.Code, strings.Split(w.Body.String(), "\n")[0])
	}
	// What is not referenced any more is given back; see what there is:
	fmt.Println(ev.Stats().HeapUsed < 10<<20)
	// Output:
	// 200 {"a":3}
	// 400 error: syntax error, unexpected ';'
	// true
}

// Tell users what is wrong with what they wrote.
func ExampleEvaluator_Explain() {
	ctx := context.Background()
	ev, _ := eval.New(eval.Options{FS: fstest.MapFS{
		"site.nix": {Data: []byte("let\n  server = { port = 80; };\nin\n{ url = \"http://a:${toString server.prot}/\"; }\n")},
	}})
	v, err := ev.EvalFile(ctx, "/site.nix")
	if err != nil {
		log.Fatal(err)
	}
	r := ev.Explain(v.DeepForce(ctx), "/site.nix")
	fmt.Println(r.Code.Name, r.Place.Line, r.Place.Column, r.Suggestions)
	fmt.Print(r.Text(eval.ReportText{NoExplain: true}))
	// Output:
	// missing-attribute 4 30 [port]
	// error[missing-attribute]: attribute 'prot' missing
	//   --> /site.nix:4:30
	//    |
	//  4 | { url = "http://a:${toString server.prot}/"; }
	//    |                              ^^^^^^^^^^^
	//    = did you mean 'port'?
	//    = the set has 'port'
	//
	// trace, from the error outwards:
	//   while calling the 'toString' builtin
	//       at /site.nix:4:21
	//   while evaluating the attribute 'url'
	//       at /site.nix:4:3
}

// Several steps are one evaluation, with limits in common.
func ExampleEvaluator_Run() {
	ev, err := eval.New(eval.Options{Limits: eval.Limits{Time: time.Minute}})
	if err != nil {
		log.Fatal(err)
	}
	err = ev.Run(context.Background(), func(ctx context.Context) error {
		n, err := ev.Delay(ctx, eval.Text{Source: "20 + 1", Name: "--arg n"})
		if err != nil {
			return err
		}
		v, err := ev.EvalString(ctx, "{ n }: { twice = 2 * n; }")
		if err != nil {
			return err
		}
		v, err = v.SelectWith(ctx, "twice", map[string]any{"n": n})
		if err != nil {
			return err
		}
		return v.Print(ctx, os.Stdout, eval.PrintOptions{})
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output: 42
}
