// One Apollo client for the page: HTTP for queries, a websocket for job updates where the server offers one.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, Observable, from, split } from "@apollo/client";
import { onError } from "@apollo/client/link/error";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { getMainDefinition } from "@apollo/client/utilities";
import { createClient as createSocket } from "graphql-ws";
import { basePath } from "./place.js";

const reference = (typename) => (existing, { args, canRead, toReference }) =>
  canRead(existing) ? existing : toReference({ __typename: typename, id: args?.id });

function makeCache() {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          findPerformer: { read: reference("Performer") },
          findStudio: { read: reference("Studio") },
          findTag: { read: reference("Tag") },
          findScene: { read: reference("Scene") },
          configuration: { merge: true },
        },
      },
      ConfigGeneralResult: { merge: true },
      ConfigInterfaceResult: { merge: true },
    },
  });
}

// A page without websocket must still work: its subscriptions never send an event.
const silentLink = new ApolloLink(() => new Observable(() => undefined));

function socketAddress() {
  const address = new URL("graphql", document.baseURI);
  address.protocol = address.protocol.replace("http", "ws");
  return address.href;
}

// Open a websocket only if the page says the server has one: browsers log every connection that fails.
function hasSocket() {
  return document.querySelector('meta[name="stash-websocket"]')?.getAttribute("content") === "on";
}

function makeClient() {
  const socket = hasSocket() ? createSocket({ url: socketAddress(), lazy: true, retryAttempts: Infinity }) : null;
  const live = socket ? new GraphQLWsLink(socket) : silentLink;
  const http = new HttpLink({ uri: `${basePath()}graphql`, credentials: "same-origin" });
  const login = onError(({ networkError }) => {
    if (networkError && networkError.statusCode === 401)
      window.location.assign(`${basePath()}login?returnURL=${encodeURIComponent(window.location.href)}`);
  });
  const isSubscription = ({ query }) => {
    const definition = getMainDefinition(query);
    return definition.kind === "OperationDefinition" && definition.operation === "subscription";
  };
  const client = new ApolloClient({
    link: from([login, split(isSubscription, live, http)]),
    cache: makeCache(),
    devtools: { enabled: false },
  });
  return { client, socket };
}

const made = makeClient();

export const getClient = () => made.client;
export const getWSClient = () => made.socket;
