// A server with Go's crypto/tls. It prints "port N" and ends when its standard input closes.
package main

import (
	"bufio"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

var versions = map[string]uint16{
	"1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13,
}

func main() {
	minimum := flag.String("min", "1.2", "1.0 to 1.3")
	maximum := flag.String("max", "1.3", "1.0 to 1.3")
	suites := flag.String("suites", "", "codes in hex with commas between them; empty: Go's own")
	groups := flag.String("groups", "", "codes in hex with commas between them; empty: Go's own")
	protocols := flag.String("alpn", "", "names with commas between them")
	clientCertificate := flag.Bool("client-certificate", false, "require one")
	needsName := flag.Bool("needs-name", false, "refuse hellos without SNI, when the certificate is looked for")
	flag.Parse()

	config := &tls.Config{MinVersion: versions[*minimum], MaxVersion: versions[*maximum]}
	config.CipherSuites = codes(*suites)
	for _, group := range codes(*groups) {
		config.CurvePreferences = append(config.CurvePreferences, tls.CurveID(group))
	}
	if *protocols != "" {
		config.NextProtos = strings.Split(*protocols, ",")
	}
	if *clientCertificate {
		config.ClientAuth = tls.RequireAnyClientCert
	}
	for _, file := range flag.Args() {
		certificate, err := tls.LoadX509KeyPair(file, file)
		exitOn(err)
		config.Certificates = append(config.Certificates, certificate)
	}
	if *needsName {
		certificate := config.Certificates[0]
		config.Certificates = nil
		config.GetCertificate = func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			if hello.ServerName == "" {
				return nil, errors.New("no server name")
			}
			return &certificate, nil
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	exitOn(err)
	fmt.Println("port", listener.Addr().(*net.TCPAddr).Port)
	go serve(listener, config)
	io.Copy(io.Discard, os.Stdin)
}

func serve(listener net.Listener, config *tls.Config) {
	for {
		connection, err := listener.Accept()
		exitOn(err)
		go answer(tls.Server(connection, config))
	}
}

// answer replies to one HTTP request.
func answer(connection *tls.Conn) {
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(time.Minute))
	if _, err := bufio.NewReader(connection).ReadString('\n'); err != nil {
		return
	}
	io.WriteString(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

func codes(list string) []uint16 {
	var found []uint16
	for _, text := range strings.Split(list, ",") {
		if text == "" {
			continue
		}
		code, err := strconv.ParseUint(text, 16, 16)
		exitOn(err)
		found = append(found, uint16(code))
	}
	return found
}

func exitOn(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
